import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { NOON, SCOPE, aLicenseKey, after } from '../../../../test/store/samples.js';
import type { LicenseKey } from '../domain/license-key.js';
import type { LicenseKeyFilter, LicenseStore } from '../ports/grant-store.js';

let open: OpenStores;
let licenses: LicenseStore;

beforeAll(async () => {
  open = await openStores('licenses');
  ({ licenses } = open.stores);
});

afterAll(() => open.close());

const stored = (fields: Partial<LicenseKey> = {}): Promise<LicenseKey> => licenses.ensureForGrant(aLicenseKey(fields));
const seat = (index: number) => ({ id: `lki_${index}`, name: `machine ${index}`, createdAt: after(index) }) as const;
const seatsOf = async (key: LicenseKey): Promise<number | undefined> => (await licenses.find(key))?.instances.length;

describe('a license key', () => {
  it('comes back as it was stored, by id and by the key itself', async () => {
    const key = await stored();
    expect(await licenses.find(key)).toEqual(key);
    expect(await licenses.findByKey(key.key)).toEqual(key);
    expect(await licenses.findByKey(`${key.key}x`)).toBeUndefined();
  });

  it('is one per grant when 20 are made at once', async () => {
    const answers = await together(20, () => stored({ grant: 'entg_same' }));
    expect(new Set(answers.map(({ key }) => key)).size).toBe(1);
    expect(await open.db.collection('license_keys').countDocuments({ grant: 'entg_same' })).toBe(1);
  });

  it('needs no grant, and several may have none', async () => {
    const [first, second] = await together(2, () => stored({ grant: null, source: 'import' }));
    expect(first?.id).not.toBe(second?.id);
  });

  it('is never given to a second grant', async () => {
    const { key } = await stored();
    await expect(stored({ key })).rejects.toMatchObject({ code: 'LICENSE_KEY_TAKEN' });
  });

  it('is disabled with its grant', async () => {
    const key = await stored();
    await licenses.disableForGrant(key.grant ?? 'entg_none');
    expect((await licenses.find(key))?.disabled).toBe(true);
  });
});

describe('activations', () => {
  it.each([20, 100])('of a key with 3 seats are exactly 3 of %i at once', async (times) => {
    const key = await stored({ activationsLimit: 3 });
    const taken = await together(times, (index) => licenses.activate({ id: key.id, instance: seat(index) }));
    expect(taken.filter(Boolean)).toHaveLength(3);
    const instances = (await licenses.find(key))?.instances ?? [];
    expect(new Set(instances.map(({ id }) => id))).toEqual(
      new Set(taken.flatMap((ok, index) => (ok ? [`lki_${index}`] : []))),
    );
  });

  it('have no end without a limit and no beginning with a limit of 0', async () => {
    const [free, none] = [await stored({ activationsLimit: null }), await stored({ activationsLimit: 0 })];
    await together(30, (index) => licenses.activate({ id: free.id, instance: seat(index) }));
    expect(await seatsOf(free)).toBe(30);
    expect(await licenses.activate({ id: none.id, instance: seat(0) })).toBe(false);
  });

  it('that are repeated take one seat and say that it is theirs', async () => {
    const key = await stored({ activationsLimit: 2 });
    const answers = await together(20, () => licenses.activate({ id: key.id, instance: seat(1) }));
    expect(answers).toEqual(Array.from({ length: 20 }, () => true));
    expect(await seatsOf(key)).toBe(1);
  });

  it('can be given back, once each', async () => {
    const key = await stored({ activationsLimit: 1 });
    await licenses.activate({ id: key.id, instance: seat(1) });
    const given = await together(5, () => licenses.deactivate({ id: key.id, instance: 'lki_1' }));
    expect(given.filter(Boolean)).toHaveLength(1);
    expect(await licenses.activate({ id: key.id, instance: seat(2) })).toBe(true);
  });

  it('never exceed the limit while seats are given back and taken at once', async () => {
    const key = await stored({ activationsLimit: 3 });
    const seen = await together(40, async (index) => {
      if (!(await licenses.activate({ id: key.id, instance: seat(index) }))) return 0;
      const taken = await seatsOf(key);
      await licenses.deactivate({ id: key.id, instance: `lki_${index}` as const });
      return taken ?? 0;
    });
    expect(Math.max(...seen)).toBeLessThanOrEqual(3);
    expect(await seatsOf(key)).toBe(0);
  });

  it('of a key that does not exist are an error', async () => {
    await expect(licenses.activate({ id: 'lic_nobody', instance: seat(1) })).rejects.toThrow('lic_nobody');
  });
});

describe('changing a key', () => {
  it('sets the given fields only', async () => {
    const key = await stored();
    expect(await licenses.update({ ...key, set: { expiresAt: after(9), disabled: true } })).toBe(true);
    expect(await licenses.find(key)).toEqual({ ...key, expiresAt: after(9), disabled: true });
  });

  it('refuses a limit below the seats in use, and allows one at it or none', async () => {
    const key = await stored({ activationsLimit: 3 });
    await together(2, (index) => licenses.activate({ id: key.id, instance: seat(index) }));
    await expect(licenses.update({ ...key, set: { activationsLimit: 1 } })).rejects.toMatchObject({
      code: 'ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT',
    });
    expect(await licenses.update({ ...key, set: { activationsLimit: 2 } })).toBe(true);
    expect(await licenses.update({ ...key, set: { activationsLimit: null } })).toBe(true);
  });

  it('keeps seats at most at the limit when the limit falls while seats are taken', async () => {
    const key = await stored({ activationsLimit: 10 });
    const lower = licenses.update({ ...key, set: { activationsLimit: 4 } }).catch(() => false);
    await Promise.all([lower, together(10, (index) => licenses.activate({ id: key.id, instance: seat(index) }))]);
    const { instances, activationsLimit } = (await licenses.find(key)) ?? key;
    expect(instances.length).toBeLessThanOrEqual(activationsLimit ?? 0);
  });

  it('of nobody is false', async () => {
    expect(await licenses.update({ ...SCOPE, id: 'lic_nobody', set: { disabled: true } })).toBe(false);
  });
});

describe('the list', () => {
  const scope = { business: 'bus_list', mode: 'test' } as const;
  const listed = async (filter: Partial<LicenseKeyFilter> = {}): Promise<string[]> =>
    (await licenses.list({ ...scope, now: NOON, page: { number: 0, size: 100 }, ...filter })).map(({ id }) => id);

  beforeAll(async () => {
    await stored({ ...scope, id: 'lic_a', createdAt: after(1), expiresAt: after(100) });
    await stored({ ...scope, id: 'lic_b', createdAt: after(2), expiresAt: NOON });
    await stored({ ...scope, id: 'lic_c', createdAt: after(3), expiresAt: after(-1), disabled: true });
    await stored({ ...scope, id: 'lic_d', createdAt: after(3), source: 'import', product: 'pdt_9' });
  });

  it('is newest first with ties by id, in pages', async () => {
    expect(await listed()).toEqual(['lic_d', 'lic_c', 'lic_b', 'lic_a']);
    expect(await listed({ page: { number: 1, size: 3 } })).toEqual(['lic_a']);
  });

  it('knows which keys are active, expired and disabled at the given moment', async () => {
    expect(await listed({ status: 'active' })).toEqual(['lic_d', 'lic_a']);
    expect(await listed({ status: 'expired' })).toEqual(['lic_b']);
    expect(await listed({ status: 'disabled' })).toEqual(['lic_c']);
    expect(await listed({ status: 'expired', now: after(200) })).toEqual(['lic_b', 'lic_a']);
  });

  it('is narrowed by product, source, customer and time', async () => {
    expect(await listed({ product: 'pdt_9' })).toEqual(['lic_d']);
    expect(await listed({ source: 'import' })).toEqual(['lic_d']);
    expect(await listed({ customer: 'cus_nobody' })).toEqual([]);
    expect(await listed({ createdTo: after(2) })).toEqual(['lic_b', 'lic_a']);
  });
});
