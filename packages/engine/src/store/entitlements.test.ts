import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores } from '../../../../test/store/open-stores.js';
import { SCOPE, aProduct, aSharedEntitlement, after } from '../../../../test/store/samples.js';

let open: OpenStores;

beforeAll(async () => {
  open = await openStores('entitlements');
});

afterAll(() => open.close());

const page = { number: 0, size: 100 };

it('come back as they were stored, one by one, in the order asked, and newest first', async () => {
  const { entitlements } = open.stores;
  const [first, second] = [aSharedEntitlement(), aSharedEntitlement({ createdAt: after(1) })];
  await entitlements.insert(first);
  await entitlements.insert(second);
  expect(await entitlements.find(first)).toEqual(first);
  expect(await entitlements.findAll({ ...SCOPE, ids: [second.id, 'ent_none', first.id] })).toEqual([second, first]);
  expect(await entitlements.findAll({ ...SCOPE, ids: [] })).toEqual([]);
  expect(await entitlements.list({ ...SCOPE, page })).toEqual([second, first]);
});

it('change what is set, and are found by nothing once they are removed', async () => {
  const { entitlements } = open.stores;
  const entitlement = aSharedEntitlement();
  await entitlements.insert(entitlement);
  const set = { name: 'A better seat', settings: { room: 8 } };
  expect(await entitlements.update({ ...entitlement, set, at: after(1) })).toBe(true);
  expect(await entitlements.find(entitlement)).toEqual({ ...entitlement, ...set, updatedAt: after(1) });
  expect(await entitlements.remove({ ...entitlement, at: after(2) })).toBe(true);
  expect(await entitlements.remove({ ...entitlement, at: after(3) })).toBe(false);
  expect(await entitlements.update({ ...entitlement, set, at: after(3) })).toBe(false);
  expect(await entitlements.find(entitlement)).toBeUndefined();
  expect(await entitlements.findAll({ ...SCOPE, ids: [entitlement.id] })).toEqual([]);
  expect((await entitlements.list({ ...SCOPE, page })).map(({ id }) => id)).not.toContain(entitlement.id);
});

it('are kept by products, and those of older records have none', async () => {
  const { products } = open.stores;
  const [older, newer] = [aProduct(), aProduct({ attached: ['ent_1', 'ent_2'] })];
  await products.insert(older);
  await products.insert(newer);
  expect(await products.find(older)).toEqual(older);
  expect(await products.find(newer)).toEqual(newer);
  await products.update({ ...newer, set: { attached: [] }, at: after(1) });
  expect((await products.find(newer))?.attached).toEqual([]);
});
