import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import {
  NOON,
  OTHER_BUSINESS,
  OTHER_MODE,
  SCOPE,
  aCustomer,
  aProduct,
  after,
  anUpload,
} from '../../../../test/store/samples.js';
import type { Stores } from '../ports/stores.js';

let open: OpenStores;
let stores: Stores;

beforeAll(async () => {
  open = await openStores('shop');
  ({ stores } = open);
});

afterAll(() => open.close());

const FIRST_PAGE = { number: 0, size: 100 };

describe('a business', () => {
  const business = {
    id: 'bus_b',
    name: 'B',
    brand: 'brnd_1',
    country: null,
    refundWindowDays: 30,
    createdAt: NOON,
  } as const;

  it('is added once, and the oldest is the first', async () => {
    expect(await stores.businesses.first()).toBeUndefined();
    await together(5, () => stores.businesses.ensure(business));
    await stores.businesses.ensure({ ...business, name: 'changed' });
    await stores.businesses.ensure({ ...business, id: 'bus_a', createdAt: after(1) });
    expect(await stores.businesses.find('bus_b')).toEqual(business);
    expect(await stores.businesses.first()).toEqual(business);
  });

  it('has keys that are found by their hash until they are revoked', async () => {
    const key = { ...SCOPE, hash: 'h1', last4: 'abcd', name: 'main', createdAt: NOON, revokedAt: null };
    await stores.businesses.addKey(key);
    await stores.businesses.addKey({ ...key, name: 'changed' });
    await stores.businesses.addKey({ ...key, ...OTHER_MODE, hash: 'h2' });
    expect(await stores.businesses.findKey('h1')).toEqual(key);
    const revoked = await together(5, () => stores.businesses.revokeKey({ hash: 'h1', at: after(1) }));
    expect(revoked.filter(Boolean)).toHaveLength(1);
    expect(await stores.businesses.findKey('h1')).toBeUndefined();
    expect(await stores.businesses.listKeys(SCOPE)).toEqual([{ ...key, revokedAt: after(1) }]);
  });
});

describe('a customer', () => {
  it('is one per address when 20 register at once, however the address is spelled', async () => {
    const spellings = ['Zoe@Example.com', ' zoe@example.COM '];
    const made = await together(20, (index) =>
      stores.customers.ensure(aCustomer({ email: spellings[index % 2] ?? '' })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await stores.customers.findByEmail({ ...SCOPE, email: 'ZOE@example.com' })).toEqual(made[0]);
  });

  it('is another one in another business or mode', async () => {
    const made = await Promise.all(
      [SCOPE, OTHER_BUSINESS, OTHER_MODE].map((scope) => stores.customers.ensure(aCustomer(scope))),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  });

  it('comes back as it was stored', async () => {
    const customer = aCustomer({ email: 'Back@example.com', phone: '+49 30 1' });
    await stores.customers.ensure(customer);
    expect(await stores.customers.find(customer)).toEqual(customer);
  });

  it('is listed by whole address, by part of the name taken literally, and by time', async () => {
    const scope = { business: 'bus_list', mode: 'test' } as const;
    const ada = aCustomer({ ...scope, email: 'ada@x.example', name: 'Ada (L.) Byron' });
    const bob = aCustomer({ ...scope, email: 'bob@x.example', name: 'BOB', createdAt: after(1) });
    for (const customer of [ada, bob]) await stores.customers.ensure(customer);
    const listed = (filter: object) => stores.customers.list({ ...scope, page: FIRST_PAGE, ...filter });
    expect(await listed({})).toEqual([bob, ada]);
    expect(await listed({ email: 'ADA@x.example' })).toEqual([ada]);
    expect(await listed({ email: 'x.example' })).toEqual([]);
    expect(await listed({ name: 'a (l.) B' })).toEqual([ada]);
    expect(await listed({ name: '.*' })).toEqual([]);
    expect(await listed({ name: 'ob', createdFrom: after(1) })).toEqual([bob]);
  });
});

describe('a product', () => {
  it('comes back as it was stored, and is public by its id', async () => {
    const product = aProduct({ metadata: { a: 1 } });
    await stores.products.insert(product);
    expect(await stores.products.find(product)).toEqual(product);
    expect(await stores.products.findPublic(product.id)).toEqual(product);
  });

  it('changes in the given fields only', async () => {
    const product = aProduct();
    await stores.products.insert(product);
    const set = { name: 'New', license: null, price: { ...product.price, amount: 1 } };
    expect(await stores.products.update({ ...product, set, at: after(1) })).toBe(true);
    expect(await stores.products.find(product)).toEqual({ ...product, ...set, updatedAt: after(1) });
    expect(await stores.products.update({ ...SCOPE, id: 'pdt_nobody', set, at: after(1) })).toBe(false);
  });

  it('is archived once and brought back once', async () => {
    const product = aProduct();
    await stores.products.insert(product);
    const archive = (archivedAt: Date | null) => stores.products.archive({ ...product, archivedAt, at: after(2) });
    expect((await together(5, () => archive(after(1)))).filter(Boolean)).toHaveLength(1);
    expect((await together(5, () => archive(null))).filter(Boolean)).toHaveLength(1);
    expect((await stores.products.find(product))?.archivedAt).toBeNull();
  });

  it('is listed newest first among the archived or the others', async () => {
    const scope = { business: 'bus_list', mode: 'test' } as const;
    const made = [
      aProduct(scope),
      aProduct({ ...scope, createdAt: after(1), brand: 'brnd_2' }),
      aProduct({ ...scope, archivedAt: NOON }),
    ];
    for (const product of made) await stores.products.insert(product);
    const listed = (filter: { archived: boolean; brand?: string }) =>
      stores.products.list({ ...scope, ...filter, page: FIRST_PAGE });
    expect(await listed({ archived: false })).toEqual([made[1], made[0]]);
    expect(await listed({ archived: true })).toEqual([made[2]]);
    expect(await listed({ archived: false, brand: 'brnd_2' })).toEqual([made[1]]);
  });

  it('refuses a price that is no whole amount', async () => {
    const product = aProduct({ price: { ...aProduct().price, amount: 19.99 } });
    await expect(stores.products.insert(product)).rejects.toThrow('price.amount is not an amount in minor units');
  });
});

describe('an upload', () => {
  it('takes its bytes once and is found with those of its product, in the order asked for', async () => {
    const [first, second] = [anUpload(), anUpload()];
    for (const upload of [first, second, anUpload({ ...OTHER_MODE })]) await stores.products.insertUpload(upload);
    const bytes = { contentType: 'application/zip', size: 7, sha256: 'abc' };
    const done = await together(5, () => stores.products.completeUpload({ id: first.id, stored: bytes }));
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await stores.products.findUpload(first.id)).toEqual({ ...first, stored: bytes });
    const wanted = { ...SCOPE, product: first.product, ids: [second.id, first.id, 'nobody'] };
    expect((await stores.products.findUploads(wanted)).map(({ id }) => id)).toEqual([second.id, first.id]);
  });
});
