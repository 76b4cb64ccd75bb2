import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { LosingProxy } from '../../../../test/store/losing-proxy.js';
import { losingProxy } from '../../../../test/store/losing-proxy.js';
import {
  CAPTURED,
  NOON,
  aClaim,
  aCustomer,
  aLicenseKey,
  aPayment,
  aQuote,
  aRefund,
  after,
  anAttempt,
  anInboxEntry,
} from '../../../../test/store/samples.js';
import { createEncryption } from '../adapters/encryption.js';
import type { Stores } from '../ports/stores.js';
import type { MongoConnection } from './connect.js';
import { connectMongo } from './connect.js';
import { ensureIndexes } from './indexes.js';
import { createStores } from './stores.js';

let mongodb: TestDatabase;
let proxy: LosingProxy;
let connection: MongoConnection;
let stores: Stores;

beforeAll(async () => {
  mongodb = await testDatabase('lost replies');
  await ensureIndexes({ db: mongodb.database });
  proxy = await losingProxy(mongodb.uri);
  connection = await connectMongo({ uri: proxy.uri, database: mongodb.name });
  stores = createStores({ db: connection.db, encryption: createEncryption({ key: 'ab'.repeat(32) }) });
});

afterAll(async () => {
  await connection.close();
  proxy.close();
  await mongodb.close();
});

/** Runs with the nth reply lost and, as an activity would, again while that makes it reject. */
async function losing<Result>(nth: number, run: () => Promise<Result>): Promise<Result> {
  const before = proxy.lost();
  proxy.loseReply(nth);
  let answer: Result | undefined;
  for (let tries = 0; tries < 5; tries += 1) {
    answer = await run().catch(() => undefined);
    if (answer !== undefined) break;
  }
  expect(proxy.lost() - before).toBe(1);
  if (answer === undefined) throw new Error('it never came through');
  return answer;
}

describe.each([1, 2])('when the server did it and reply %i is lost', (nth) => {
  it('an activation takes one seat', async () => {
    const key = await stores.licenses.ensureForGrant(aLicenseKey());
    const instance = { id: 'lki_1', name: '', createdAt: NOON } as const;
    expect(await losing(nth, () => stores.licenses.activate({ id: key.id, instance }))).toBe(true);
    expect((await stores.licenses.find(key))?.instances).toHaveLength(1);
  });

  it('a frozen quote is the first one', async () => {
    const attempt = anAttempt();
    await stores.attempts.insert(attempt);
    let total = 4000;
    const freeze = () =>
      stores.attempts.freeze({ id: attempt.id, quote: aQuote((total += 1)), idempotencyKey: 'k', at: NOON });
    expect((await losing(nth, freeze)).quote.total).toBe(4001);
  });

  it('an outcome is on record', async () => {
    const attempt = anAttempt();
    await stores.attempts.insert(attempt);
    expect(await losing(nth, () => stores.attempts.recordOutcome({ id: attempt.id, outcome: CAPTURED }))).toEqual(
      CAPTURED,
    );
  });

  it('a state is applied', async () => {
    const payment = aPayment();
    await stores.payments.insert(payment);
    const value = { kind: 'closed', attempts: 1, reason: 'expired' } as const;
    const change = { id: payment.id, status: 'cancelled', state: { revision: 1, value, at: NOON } } as const;
    expect(await losing(nth, () => stores.payments.applyState(change))).toMatchObject({ status: 'cancelled' });
  });
});

describe('when the server did it and the reply is lost', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('a payment gets one invoice number (reply %i)', async (nth) => {
    const payment = aPayment({ business: `bus_lost_${nth}` as const });
    await stores.payments.insert(payment);
    const { id, business, mode } = payment;
    const assign = () => stores.payments.assignInvoice({ id, business, mode, invoice: 'inv_1', at: NOON });
    expect((await losing(nth, assign)).number).toBe('INV-000001');
    expect((await stores.payments.find(id))?.invoice?.number).toBe('INV-000001');
    expect(await mongodb.database.collection('invoices').countDocuments({ business })).toBe(1);
  });

  it('a customer is the one that was made', async () => {
    const customer = aCustomer();
    expect(await losing(1, () => stores.customers.ensure(customer))).toEqual(customer);
  });

  it('a report is kept once', async () => {
    const entry = anInboxEntry();
    expect(await losing(1, () => stores.inbox.ensure(entry))).toEqual(entry);
  });

  it('refunds are on record once, whatever was answered', async () => {
    const payment = aPayment();
    await stores.payments.insert(payment);
    const refunds = [aRefund()];
    await losing(1, () => stores.payments.replaceRefunds({ id: payment.id, revision: 0, refunds }));
    expect(await stores.payments.find(payment.id)).toMatchObject({ refunds, refundRevision: 1 });
  });

  it('a claim is there, and free again once its lease is over', async () => {
    const claim = aClaim();
    expect((await losing(1, () => stores.idempotency.claim(claim))).claim).toEqual(claim);
    const later = { ...claim, ids: {}, createdAt: after(61), leasedUntil: after(121) };
    expect(await stores.idempotency.claim(later)).toMatchObject({ mine: true, claim: { ids: claim.ids } });
  });
});
