import { expect, it } from '@jest/globals';
import { memoryHost } from './memory-host.js';

const shop = { business: 'bus_1', mode: 'test' } as const;

it('keeps what was inserted first, and changes only what was read', async () => {
  const store = memoryHost().store(shop);
  expect(await store.insert('seat/1', { by: 'a' })).toBe(true);
  expect(await store.insert('seat/1', { by: 'b' })).toBe(false);
  const read = await store.get('seat/1');
  expect(read).toEqual({ key: 'seat/1', value: { by: 'a' }, revision: 1 });
  expect(await store.replace({ key: 'seat/1', value: { by: 'c' }, revision: 1 })).toBe(true);
  expect(await store.replace({ key: 'seat/1', value: { by: 'd' }, revision: 1 })).toBe(false);
  expect(await store.remove({ key: 'seat/1', revision: 1 })).toBe(false);
  expect(await store.remove({ key: 'seat/1', revision: 2 })).toBe(true);
  expect(await store.get('seat/1')).toBeUndefined();
});

it('lists by prefix in the order of keys, page by page', async () => {
  const store = memoryHost().store(shop);
  for (const key of ['b/2', 'a/1', 'b/1', 'b/3']) await store.insert(key, key);
  const keys = async (range: Parameters<typeof store.list>[0]) => (await store.list(range)).map(({ key }) => key);
  expect(await keys({ prefix: 'b/' })).toEqual(['b/1', 'b/2', 'b/3']);
  expect(await keys({ prefix: 'b/', limit: 2 })).toEqual(['b/1', 'b/2']);
  expect(await keys({ prefix: 'b/', after: 'b/2' })).toEqual(['b/3']);
});

it('keeps businesses and modes apart, and refuses keys and values that no store takes', async () => {
  const host = memoryHost();
  await host.store(shop).insert('a', 1);
  expect(await host.store({ ...shop, mode: 'live' }).get('a')).toBeUndefined();
  expect((await host.store(shop).get('a'))?.value).toBe(1);
  await expect(host.store(shop).insert('ä', 1)).rejects.toThrow('printable ASCII');
  await expect(host.store(shop).insert('b', 'x'.repeat(300_000))).rejects.toThrow('256 KiB');
  await expect(host.store(shop).list({ prefix: '', limit: 0 })).rejects.toThrow('1 to 1000');
});
