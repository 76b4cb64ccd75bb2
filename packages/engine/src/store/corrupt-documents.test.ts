import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores } from '../../../../test/store/open-stores.js';
import {
  NOON,
  SCOPE,
  aLicenseKey,
  aPayment,
  aRefund,
  aSession,
  aShownAttempt,
  after,
  anEndpoint,
} from '../../../../test/store/samples.js';
import type { Stores } from '../ports/stores.js';
import { createStores } from './stores.js';
import { createEncryption } from '../adapters/encryption.js';

let open: OpenStores;
let stores: Stores;

beforeAll(async () => {
  open = await openStores('corrupt');
  ({ stores } = open);
});

afterAll(() => open.close());

const documents = (collection: string) => open.db.collection<{ _id: string; [field: string]: unknown }>(collection);

/** What somebody else may have done to a payment's document. */
const DAMAGE: readonly [string, object][] = [
  ['a missing state', { $unset: { state: 1 } }],
  ['a state of an unknown kind', { $set: { 'state.value.kind': 'Paid' } }],
  ['an inherited word for a state', { $set: { 'state.value.kind': 'constructor' } }],
  ['a state without its amount', { $unset: { 'state.value.captured': 1 } }],
  ['a revision that is a text', { $set: { 'state.revision': '3' } }],
  ['half a cent', { $set: { 'attempt.outcome.captured.amount': 0.5 } }],
  ['a negative refund', { $set: { 'refunds.0.amount': -1 } }],
  ['an amount that is a text', { $set: { 'refunds.0.amount': '100' } }],
  ['an amount beyond what a double holds', { $set: { 'attempt.frozen.quote.total': 2 ** 53 } }],
  ['a missing amount', { $unset: { 'attempt.outcome.captured.amount': 1 } }],
  ['a currency that does not exist', { $set: { currency: 'XXX' } }],
  ['a rate that is a number', { $set: { 'attempt.frozen.quote.lines.0.taxes.0.rate': 0.19 } }],
  ['refunds that are no list', { $set: { refunds: {} } }],
  ['a missing refund revision', { $unset: { refundRevision: 1 } }],
  ['a status that does not exist', { $set: { status: 'complete' } }],
  ['a status that is missing', { $unset: { status: 1 } }],
  ['a date that is a text', { $set: { createdAt: '2026-03-01' } }],
  ['null for a flag', { $set: { hasLicenseKey: null } }],
  ['a newer schema', { $set: { schemaVersion: 2 } }],
  ['no schema', { $unset: { schemaVersion: 1 } }],
];

it.each(DAMAGE)('a payment with %s is not read as anything', async (_, damage) => {
  const captured = { amount: 3998, currency: 'EUR' } as const;
  const value = { kind: 'paid', attempts: 1, attempt: 'att_1', asked: captured, captured, stage: 'settled' } as const;
  const state = { revision: 3, value, at: NOON };
  const payment = aPayment({ attempt: aShownAttempt(), refunds: [aRefund()], state, status: 'succeeded' });
  await stores.payments.insert(payment);
  await documents('payments').updateOne({ _id: payment.id }, damage);
  const corrupt = { name: 'CorruptDocumentError', collection: 'payments', id: payment.id };
  await expect(stores.payments.find(payment.id)).rejects.toMatchObject(corrupt);
  await expect(stores.payments.find(payment.id)).rejects.toThrow(`payments document ${payment.id} cannot be read`);
});

it('an error about a document does not show what was in it', async () => {
  const payment = aPayment();
  await stores.payments.insert(payment);
  await documents('payments').updateOne({ _id: payment.id }, { $set: { customer: 'canary@example.com' } });
  await expect(stores.payments.find(payment.id)).rejects.toThrow(/^((?!canary).)*customer is not an object$/);
});

it('a field that a newer version added is not in the way', async () => {
  const payment = aPayment();
  await stores.payments.insert(payment);
  await documents('payments').updateOne({ _id: payment.id }, { $set: { riskScore: 7 } });
  expect(await stores.payments.find(payment.id)).toEqual(payment);
});

describe('a sweep', () => {
  const query = { before: after(-60), now: NOON, limit: 10 };

  it('passes over what cannot be read, says so, and goes on with the rest', async () => {
    const [broken, good] = [aSession({ createdAt: after(-300) }), aSession({ createdAt: after(-200) })];
    for (const session of [broken, good]) await stores.sessions.insert(session);
    await documents('sessions').updateOne({ _id: broken.id }, { $set: { lines: null } });
    expect(await stores.sessions.listUnstarted(query)).toEqual([good]);
    expect(open.corrupt.map(({ id }) => id)).toEqual([broken.id]);
  });

  it('rejects when nobody listens', async () => {
    const { sessions } = createStores({ db: open.db, encryption: createEncryption({ key: 'ab'.repeat(32) }) });
    await expect(sessions.listUnstarted(query)).rejects.toThrow('lines is not a list');
  });
});

describe('sealed fields', () => {
  it('do not open in another row', async () => {
    const [first, second] = [aLicenseKey(), aLicenseKey()];
    for (const key of [first, second]) await stores.licenses.ensureForGrant(key);
    const stolen = await documents('license_keys').findOne({ _id: first.id });
    await documents('license_keys').updateOne({ _id: second.id }, { $set: { keySealed: stolen?.['keySealed'] } });
    await expect(stores.licenses.find(second)).rejects.toThrow(
      `license_keys document ${second.id} cannot be read: key does not open`,
    );
    expect(await stores.licenses.find(first)).toEqual(first);
  });

  it('do not open in another field of their row', async () => {
    const endpoint = anEndpoint();
    await stores.endpoints.insert(endpoint);
    const stored = await documents('webhook_endpoints').findOne({ _id: endpoint.id });
    await documents('webhook_endpoints').updateOne(
      { _id: endpoint.id },
      { $set: { headersSealed: stored?.['secretSealed'] } },
    );
    await expect(stores.endpoints.findScoped({ ...SCOPE, id: endpoint.id })).rejects.toThrow('headers does not open');
  });

  it('do not open with another key', async () => {
    const key = await stores.licenses.ensureForGrant(aLicenseKey());
    const { licenses } = createStores({ db: open.db, encryption: createEncryption({ key: 'ab'.repeat(32) }) });
    await expect(licenses.find(key)).rejects.toMatchObject({
      name: 'CorruptDocumentError',
      collection: 'license_keys',
    });
    expect(await licenses.findByKey(key.key)).toBeUndefined();
  });
});
