import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FULFILLMENT_PROVIDER, definePlugin, pluginErrorKind } from '@payonce/plugin-sdk';
import type { Json, PluginHost, PluginStore } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { createEncryption } from '../adapters/encryption.js';
import { connectMongo, createStores } from '../store/index.js';
import { hostsWithoutStores, loadPlugins, pluginHosts } from './index.js';
import type { HostOf } from './index.js';

const SHOP = { business: 'bus_1', mode: 'test' } as const;

let open: OpenStores;
let hostOf: HostOf;
let shelves = 0;

beforeAll(async () => {
  open = await openStores('plugin hosts');
  hostOf = pluginHosts(open.stores.pluginDocuments);
});

afterAll(() => open.close());

/** A store that nobody used before. */
const fresh = (): PluginStore => hostOf(`plugin-${(shelves += 1)}`).store(SHOP);
const keysOf = async (store: PluginStore, range: Parameters<PluginStore['list']>[0]) =>
  (await store.list(range)).map(({ key }) => key);
async function read(store: PluginStore, key: string) {
  const found = await store.get(key);
  if (!found) throw new Error(`there is no ${key}`);
  return found;
}

describe('an entry', () => {
  it.each<Json>([null, 0, '', 'ä "quoted" 🎁', [1, [true]], { $set: { 'a.b': 1 }, __proto: null }])(
    'comes back as it was stored: %j',
    async (value) => {
      const store = fresh();
      expect(await store.insert('key', value)).toBe(true);
      expect(await read(store, 'key')).toEqual({ key: 'key', value, revision: expect.any(Number) });
    },
  );

  it('stays as it was first inserted', async () => {
    const store = fresh();
    expect(await store.insert('seat/1', 'a')).toBe(true);
    expect(await store.insert('seat/1', 'b')).toBe(false);
    expect((await read(store, 'seat/1')).value).toBe('a');
  });

  it('is inserted by one of 100 at once', async () => {
    const store = fresh();
    const answers = await together(100, (index) => store.insert('seat', index));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect((await read(store, 'seat')).value).toBe(answers.indexOf(true));
  });

  it('is replaced by one of 100 that read the same', async () => {
    const store = fresh();
    await store.insert('count', 0);
    const before = await read(store, 'count');
    const answers = await together(100, (index) => store.replace({ ...before, value: index + 1 }));
    expect(answers.filter(Boolean)).toHaveLength(1);
    const after = await read(store, 'count');
    expect(after.value).toBe(answers.indexOf(true) + 1);
    expect(after.revision).toBeGreaterThan(before.revision);
  });

  it('counts to 100 when 100 count at once', async () => {
    const store = fresh();
    await store.insert('count', 0);
    await together(100, async () => {
      for (;;) {
        const seen = await read(store, 'count');
        if (await store.replace({ ...seen, value: Number(seen.value) + 1 })) return;
      }
    });
    expect((await read(store, 'count')).value).toBe(100);
  }, 60_000);

  it('is removed once, by whoever knows its revision', async () => {
    const store = fresh();
    await store.insert('seat', 1);
    const seen = await read(store, 'seat');
    expect(await store.remove({ key: 'seat', revision: seen.revision + 1 })).toBe(false);
    const answers = await together(20, () => store.remove(seen));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await store.get('seat')).toBeUndefined();
    expect(await store.replace(seen)).toBe(false);
  });

  it('that took the place of a removed one is not changed by who read the removed one', async () => {
    const store = fresh();
    await store.insert('seat', 'first');
    const seen = await read(store, 'seat');
    await store.remove(seen);
    await store.insert('seat', 'second');
    expect(await store.replace({ ...seen, value: 'stale' })).toBe(false);
    expect(await store.remove(seen)).toBe(false);
    expect((await read(store, 'seat')).value).toBe('second');
  });

  it('is not readable in the database', async () => {
    const store = fresh();
    await store.insert('pool/1', { license: 'CANARY-KEY' });
    await store.replace({ ...(await read(store, 'pool/1')), value: { license: 'CANARY-KEY-2' } });
    const dump = await open.db.collection('plugin_documents').find().toArray();
    expect(JSON.stringify(dump)).toContain('pool/1');
    expect(JSON.stringify(dump)).not.toContain('CANARY');
  });
});

describe('a list', () => {
  it('goes through a prefix in the order of bytes, page by page', async () => {
    const store = fresh();
    for (const key of ['b/2', 'a/1', 'b/"', 'b/\\', 'b/~', 'b/10', 'B/1', 'b', 'c/1']) await store.insert(key, key);
    const all = ['b/"', 'b/10', 'b/2', 'b/\\', 'b/~'];
    expect(await keysOf(store, { prefix: 'b/' })).toEqual(all);
    expect(await keysOf(store, { prefix: 'b/', limit: 2 })).toEqual(all.slice(0, 2));
    expect(await keysOf(store, { prefix: 'b/', after: 'b/10', limit: 2 })).toEqual(['b/2', 'b/\\']);
    expect(await keysOf(store, { prefix: '' })).toEqual(['B/1', 'a/1', 'b', ...all, 'c/1']);
    expect(await keysOf(store, { prefix: '', after: 'c' })).toEqual(['c/1']);
    expect(await keysOf(store, { prefix: 'd' })).toEqual([]);
  });

  it('has 100 entries when no limit is given', async () => {
    const store = fresh();
    await together(105, (index) => store.insert(`n/${index}`, index));
    expect(await store.list({ prefix: 'n/' })).toHaveLength(100);
    expect(await store.list({ prefix: 'n/', limit: 1000 })).toHaveLength(105);
  });
});

describe('a store', () => {
  it('is of one plugin, business and mode', async () => {
    const [ours, theirs] = [hostOf('ours'), hostOf('theirs')];
    await ours.store(SHOP).insert('a', 'ours');
    const others = [
      theirs.store(SHOP),
      ours.store({ ...SHOP, mode: 'live' }),
      ours.store({ business: 'bus_2', mode: 'test' }),
    ];
    for (const other of others) {
      expect(await other.get('a')).toBeUndefined();
      expect(await other.list({ prefix: '' })).toEqual([]);
      expect(await other.insert('a', 'other')).toBe(true);
    }
    expect((await read(ours.store(SHOP), 'a')).value).toBe('ours');
  });

  it.each(['', 'ä', 'a b', 'a\n', 'k'.repeat(201)])('refuses the key %j', async (key) => {
    const store = fresh();
    for (const asked of [
      () => store.get(key),
      () => store.insert(key, 1),
      () => store.replace({ key, value: 1, revision: 1 }),
      () => store.remove({ key, revision: 1 }),
    ])
      await expect(asked()).rejects.toThrow(
        new TypeError('a key of a plugin store is 1 to 200 printable ASCII characters'),
      );
  });

  it('takes the longest key and the largest value, and nothing above', async () => {
    const store = fresh();
    const key = '~'.repeat(200);
    expect(await store.insert(key, 'x'.repeat(256 * 1024 - 2))).toBe(true);
    await expect(store.insert('b', 'x'.repeat(256 * 1024 - 1))).rejects.toThrow(TypeError);
    await expect(store.insert('c', 'ä'.repeat(128 * 1024))).rejects.toThrow('at most 256 KiB of JSON');
  });

  it.each([0, 1001, 1.5])('refuses a limit of %d', async (limit) => {
    await expect(fresh().list({ prefix: '', limit })).rejects.toThrow('1 to 1000');
  });

  it.each([
    { business: 'shop', mode: 'test' },
    { business: { $ne: '' }, mode: 'test' },
    { business: 'bus_1', mode: 'other' },
  ])('of %j there is none', (scope) => {
    expect(() => hostOf('x').store(scope as typeof SHOP)).toThrow(TypeError);
  });

  it('asks to be tried again while the database is away', async () => {
    const { uri, name, close: drop } = await testDatabase('plugin hosts away');
    const { db, close } = await connectMongo({ uri, database: name });
    const { pluginDocuments } = createStores({ db, encryption: createEncryption({ key: 'ab'.repeat(32) }) });
    const store = pluginHosts(pluginDocuments)('away').store(SHOP);
    await close();
    const failure: unknown = await store.insert('a', 1).catch((error: unknown) => error);
    expect(pluginErrorKind(failure)).toBe('retryable');
    expect(failure).toMatchObject({ code: 'plugin_store_unavailable' });
    await drop();
  });
});

describe('a plugin that is loaded', () => {
  const hosts: PluginHost[] = [];
  const goods = {
    id: 'keeping',
    displayName: 'Keeping',
    reach: 'own_stores',
    describe: () => ({ summary: 'Goods for tests.', settings: { type: 'object' } }),
    settings: z.json(),
    fulfill: async () => ({ outcome: 'pending' as const, awaiting: 'nothing' }),
    revoke: async () => undefined,
  } as const;
  const keeping = definePlugin({
    name: 'keeping',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register(registry, _options, host) {
      hosts.push(host);
      registry.add(FULFILLMENT_PROVIDER, goods);
    },
  })();
  const routed = { plugins: [keeping], routes: { processor: {}, tax: 'none' } };
  const logger = { debug() {}, info() {}, warn() {}, error() {} };

  it('gets the host of its name', async () => {
    await loadPlugins({ ...routed, logger, hostOf }).catch(() => undefined);
    await hosts.at(-1)?.store(SHOP).insert('a', 'kept');
    expect((await read(hostOf('keeping').store(SHOP), 'a')).value).toBe('kept');
  });

  it('is told why where there are no stores', async () => {
    await loadPlugins({ ...routed, logger, hostOf: hostsWithoutStores('doctor calls no plugin') }).catch(
      () => undefined,
    );
    await expect(hosts.at(-1)?.store(SHOP).get('a')).rejects.toThrow(
      'plugin keeping has no store here: doctor calls no plugin',
    );
  });
});
