import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores } from '../../../../test/store/open-stores.js';
import {
  NOON,
  SCOPE,
  aCustomer,
  aGrant,
  aLicenseKey,
  aPayment,
  aProduct,
  anAttempt,
} from '../../../../test/store/samples.js';
import type { Stores } from '../ports/stores.js';

let open: OpenStores;
let stores: Stores;

const payment = aPayment();
const license = aLicenseKey();
const page = { number: 0, size: 10 };

beforeAll(async () => {
  open = await openStores('injection');
  ({ stores } = open);
  await stores.payments.insert(payment);
  await stores.licenses.ensureForGrant(license);
  await stores.customers.ensure(aCustomer());
  await stores.businesses.addKey({ ...SCOPE, hash: 'h', last4: '1234', name: '', createdAt: NOON, revokedAt: null });
});

afterAll(() => open.close());

/** What a caller could try to get into a filter where a text belongs. */
const OPERATORS: readonly unknown[] = [
  { $ne: '' },
  { $gt: '' },
  { $regex: '.*' },
  { $where: 'true' },
  { $in: ['a'] },
  ['h'],
  undefined,
  () => true,
];

describe.each(OPERATORS.map((operator) => ({ name: JSON.stringify(operator) ?? String(operator), given: operator })))(
  '$name',
  ({ given }) => {
    const operator = given as never;
    const looks: Readonly<Record<string, () => Promise<unknown>>> = {
      'an id': () => stores.payments.find(operator),
      'a scoped id': () => stores.payments.findScoped({ ...SCOPE, id: operator }),
      'a refund id': () => stores.payments.findRefund({ ...SCOPE, id: operator }),
      'the hash of an API key': () => stores.businesses.findKey(operator),
      'a license instance': () => stores.licenses.deactivate({ id: license.id, instance: operator }),
      'a lease holder': () => stores.leases.hold({ name: 'l', holder: operator, now: NOON, until: NOON }),
      'the payment of a list': () => stores.grants.listByPayment(operator),
    };

    it.each(Object.keys(looks))('is refused as %s', async (look) => {
      await expect(async () => looks[look]?.()).rejects.toMatchObject({ name: 'TypeError' });
    });

    it('is refused as an e-mail address, a key and a part of a name', async () => {
      await expect(async () => stores.customers.findByEmail({ ...SCOPE, email: operator })).rejects.toMatchObject({
        name: 'TypeError',
      });
      await expect(async () => stores.licenses.findByKey(operator)).rejects.toMatchObject({ name: 'TypeError' });
      if (given === undefined) return;
      await expect(async () => stores.customers.list({ ...SCOPE, page, name: operator })).rejects.toMatchObject({
        name: 'TypeError',
      });
      await expect(async () => stores.payments.list({ ...SCOPE, page, status: operator })).rejects.toMatchObject({
        name: 'TypeError',
      });
    });

    it('is refused as the text of a record or of a change', async () => {
      await expect(stores.products.insert(aProduct({ name: operator }))).rejects.toThrow('name is not a text');
      const set = { description: given === undefined ? (5 as never) : operator };
      await expect(stores.products.update({ ...SCOPE, id: 'pdt_1', set, at: NOON })).rejects.toThrow(
        'description is not a text',
      );
    });
  },
);

it('stores nothing that a record does not have', async () => {
  const extra = { ...anAttempt(), isAdmin: true, $set: { a: 1 } };
  await stores.attempts.insert(extra);
  const stored = await open.db.collection<{ _id: string }>('attempts').findOne({ _id: extra.id });
  expect(Object.keys(stored ?? {})).not.toEqual(expect.arrayContaining(['isAdmin']));
  expect(Object.keys(stored ?? {}).some((field) => field.startsWith('$'))).toBe(false);
});

it('refuses to change a field that a record does not have', async () => {
  const set = JSON.parse('{"isAdmin":true}') as object;
  const change = stores.products.update({ ...SCOPE, id: 'pdt_1', set, at: NOON });
  await expect(change).rejects.toThrow('isAdmin is not a field of this collection');
});

it('keeps keys with a meaning to JavaScript or MongoDB as the data that they are', async () => {
  const settings = JSON.parse(
    '{"__proto__":{"polluted":1},"$where":"x","a.b":[{"$ne":null}],"$ref":"r","$id":"i"}',
  ) as object;
  const metadata = JSON.parse('{"__proto__":"p","constructor":"c","$set":1,"a.b":true}') as Record<string, string>;
  const grant = aGrant({ settings: settings as never, metadata });
  await stores.grants.ensure([grant]);
  const found = await stores.grants.find(grant.id);
  expect(JSON.stringify(found?.settings)).toBe(JSON.stringify(settings));
  expect(Object.entries(found?.metadata ?? {})).toEqual(Object.entries(metadata));
  expect(Object.getPrototypeOf(found?.metadata)).toBe(Object.prototype);
  expect('polluted' in {}).toBe(false);
});
