import { expect, it } from '@jest/globals';
import type { FulfillmentProvider, Grant, Json, PluginHost } from '@payonce/plugin-sdk';
import { memoryHost, mortalHost } from '@payonce/plugin-sdk/testing';
import { serviceProvider } from './provider.js';

const call = (idempotencyKey: string) => ({
  idempotencyKey,
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mode: 'test' as const,
});

const grantOf = (id: string): Grant => ({
  id: `entg_${id}`,
  payment: `pay_${id}`,
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_1',
  productName: 'Translation',
  unit: 0,
  customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
  settings: { instructions: 'We translate your text.' },
});

const open = (host: PluginHost) => serviceProvider({ host, now: () => new Date('2027-05-01T10:00:00.000Z') });
const act = async (service: FulfillmentProvider, name: string, input: Json) =>
  service.actions?.[name]?.run({ ...call(`${name}:${JSON.stringify(input)}`), business: 'bus_1', input });

const VERBS = {
  fulfill: (service: FulfillmentProvider, id: string) => service.fulfill({ ...call(`f:${id}`), grant: grantOf(id) }),
  complete: (service: FulfillmentProvider, id: string) =>
    act(service, 'complete', { grant: `entg_${id}`, items: [], note: `For ${id}` }),
  revoke: (service: FulfillmentProvider, id: string) =>
    service.revoke({ ...call(`r:${id}`), grant: grantOf(id), reason: 'refund' }),
};

/** a is delivered, b refunded before and c after it was, d refunded before it began; e waits. */
const LIVES = [
  ['fulfill', 'a'],
  ['fulfill', 'b'],
  ['fulfill', 'c'],
  ['complete', 'a'],
  ['revoke', 'b'],
  ['complete', 'c'],
  ['revoke', 'c'],
  ['revoke', 'd'],
  ['fulfill', 'e'],
] as const;
const CHANGES = 40;

it.each(['before', 'after'] as const)(
  'opens, delivers and closes each to-do once, %s whichever change a process dies',
  async (dies) => {
    let died = 0;
    for (let changes = 0; changes < CHANGES; changes += 1) {
      const calm = memoryHost();
      const host = mortalHost({ host: calm, changes, dies });
      const after = open(calm);
      for (const [verb, id] of LIVES) {
        const process = host.isDead() ? after : open(host);
        await VERBS[verb](process, id).catch(async (thrown: unknown) => {
          if (!host.isDead() || process === after) throw thrown;
          await act(after, 'list', { after: null, limit: 1 });
          await VERBS[verb](after, id);
        });
      }
      if (host.isDead()) died += 1;
      expect(await act(after, 'list', { after: null, limit: 50 })).toMatchObject({
        answer: { items: [{ grant: 'entg_e' }] },
      });
      expect(await calm.store({ business: 'bus_1', mode: 'test' }).list({ prefix: 'open/' })).toHaveLength(1);
      expect(await VERBS.fulfill(after, 'a')).toMatchObject({ content: { items: [{ value: 'For a' }] } });
      for (const ended of ['b', 'c', 'd']) {
        await expect(VERBS.fulfill(after, ended)).rejects.toMatchObject({ code: 'grant_ended' });
      }
    }
    expect(died).toBeGreaterThan(10);
    expect(died).toBeLessThan(CHANGES);
  },
);
