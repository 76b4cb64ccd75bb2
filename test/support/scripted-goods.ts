import { randomUUID } from 'node:crypto';
import {
  FULFILLMENT_PROVIDER,
  PermanentError,
  RetryableError,
  TAX_CALCULATOR,
  definePlugin,
} from '@payonce/plugin-sdk';
import type { Delivered, Pending } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** A code to be scanned, among other things to know. */
const TICKET: Delivered['content'] = {
  kind: 'content',
  items: [
    { label: 'Event', value: 'Letterpress for beginners, the long version of the workshop' },
    { label: 'Begins', value: 'Sat, May 1, 2027, 19:30 (UTC+02:00)' },
    { label: 'Join at', value: 'https://live.example/room', url: 'https://live.example/room' },
    { label: 'Ticket', value: '8KQ2M-0ZT4A-9XW1C-V3H7E', qr: true },
  ],
};

/** How the next hand-overs go. */
export type GoodsPlan = 'deliver' | 'same_key' | 'ticket' | 'pending' | 'permanent' | 'retryable' | 'hang';

/** Goods and tax on demand, in this process. */
export interface ScriptedGoods {
  readonly plugin: ReturnType<ReturnType<typeof definePlugin<unknown>>>;
  readonly plans: GoodsPlan[];
  /** Grants that were handed over, in order; repetitions included. */
  readonly handed: string[];
  /** Grants that were taken back, in order. A call with a key that it knows is answered as before, and does nothing. */
  readonly revoked: string[];
  /** The rate of every line. */
  rate: string;
  taxDown: boolean;
}

/** Provides fulfillment 'goods' (own stores), 'goods-outside' and 'goods-remote' (on a task queue of its own), and tax 'flat'. */
export function scriptedGoods(): ScriptedGoods {
  const script: Omit<ScriptedGoods, 'plugin'> = { plans: [], handed: [], revoked: [], rate: '19/100', taxDown: false };
  const keys = new Set<string>();
  const fulfill = async (grant: string): Promise<Delivered | Pending> => {
    const plan = script.plans.shift() ?? 'deliver';
    if (plan === 'permanent') throw new PermanentError({ code: 'seat_gone', message: 'no seat' });
    if (plan === 'retryable') throw new RetryableError({ code: 'school_away', message: 'away' });
    if (plan === 'hang') return new Promise(() => undefined);
    if (plan === 'pending') return { outcome: 'pending', awaiting: 'a person' };
    script.handed.push(grant);
    if (plan === 'ticket') return { outcome: 'delivered', content: TICKET };
    return {
      outcome: 'delivered',
      content: {
        kind: 'license_key',
        key: plan === 'same_key' ? 'KEY-OF-ALL' : `KEY-${grant}-${script.handed.length}`,
        activationsLimit: 3,
        expiresAt: null,
      },
    };
  };
  const provider = (id: string, reach: 'own_stores' | 'outside') => ({
    id,
    displayName: id,
    settings: z.json(),
    reach,
    describe: () => ({ summary: 'Goods for tests.', settings: { type: 'object' } }),
    fulfill: ({ grant }: { grant: { id: string } }) => fulfill(grant.id),
    revoke: async ({ grant, idempotencyKey }: { grant: { id: string }; idempotencyKey: string }) => {
      if (!keys.has(idempotencyKey)) script.revoked.push(grant.id);
      keys.add(idempotencyKey);
    },
  });
  const plugin = definePlugin({
    name: 'goods-scripted',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register(registry) {
      registry.add(FULFILLMENT_PROVIDER, provider('goods', 'own_stores'));
      registry.add(FULFILLMENT_PROVIDER, provider('goods-outside', 'outside'));
      registry.add(FULFILLMENT_PROVIDER, {
        ...provider('goods-outside', 'outside'),
        id: 'goods-remote',
        reach: 'remote',
        taskQueue: `goods-${randomUUID().slice(0, 8)}`,
      });
      registry.add(TAX_CALCULATOR, {
        id: 'flat',
        async calculate({ lines, buyer }) {
          if (script.taxDown) throw new RetryableError({ code: 'tax_away', message: 'away' });
          const tax = { name: 'VAT', rate: script.rate, jurisdiction: buyer.country, reason: 'standard' as const };
          return { lines: lines.map(({ id }) => ({ line: id, taxes: [tax], reason: 'standard' as const })) };
        },
      });
    },
  });
  return Object.assign(script, { plugin: plugin() });
}
