import { FULFILLMENT_PROVIDER, PermanentError, RetryableError, definePlugin } from '@payonce/plugin-sdk';
import type { Delivered, Reserve, ReserveResult } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** How a call goes wrong. `after` does the work and loses the answer. */
export type SeatFault = 'retryable' | 'permanent' | 'after';

/** Seats that run out, in this process. A call with a key that it knows is answered as before, and does nothing. */
export interface ScriptedSeats {
  readonly plugin: ReturnType<ReturnType<typeof definePlugin<unknown>>>;
  capacity: number;
  /** Grants that have a seat: set aside or handed over. */
  readonly taken: Set<string>;
  /** Grants that were handed over. */
  readonly handed: Set<string>;
  /** How each verb was called, in order. */
  readonly calls: string[];
  /** The next calls of a verb go wrong so. */
  readonly faults: Record<'reserve' | 'release', SeatFault[]>;
  /** Every seat free again, no faults left. */
  reset(capacity: number): void;
}

/** Provides fulfillment 'seats'. Hands over only what was set aside. */
export function scriptedSeats(): ScriptedSeats {
  const script: Omit<ScriptedSeats, 'plugin'> = {
    capacity: 1,
    taken: new Set(),
    handed: new Set(),
    calls: [],
    faults: { reserve: [], release: [] },
    reset(capacity) {
      script.capacity = capacity;
      for (const list of [script.calls, script.faults.reserve, script.faults.release]) list.length = 0;
      script.taken.clear();
      script.handed.clear();
    },
  };
  const answers = new Map<string, ReserveResult>();
  const attempt = (verb: 'reserve' | 'release', { grant, idempotencyKey }: Reserve): ReserveResult => {
    script.calls.push(`${verb} ${grant.id}`);
    const fault = script.faults[verb].shift();
    if (fault === 'permanent') throw new PermanentError({ code: 'desk_closed', message: 'closed' });
    if (fault === 'retryable') throw new RetryableError({ code: 'desk_away', message: 'away' });
    const answer = answers.get(idempotencyKey) ?? { reserve, release }[verb](grant.id);
    answers.set(idempotencyKey, answer);
    if (fault === 'after') throw new RetryableError({ code: 'answer_lost', message: 'the answer was lost' });
    return answer;
  };
  const release = (grant: string): ReserveResult => {
    script.taken.delete(grant);
    return { outcome: 'reserved' };
  };
  const reserve = (grant: string): ReserveResult => {
    if (script.taken.has(grant)) return { outcome: 'reserved' };
    if (script.taken.size >= script.capacity) return { outcome: 'sold_out', reason: 'The last seat is gone.' };
    script.taken.add(grant);
    return { outcome: 'reserved' };
  };
  const plugin = definePlugin({
    name: 'seats-scripted',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register(registry) {
      registry.add(FULFILLMENT_PROVIDER, {
        id: 'seats',
        displayName: 'Seats',
        settings: z.json(),
        reach: 'own_stores',
        describe: () => ({ summary: 'Seats for tests.', settings: { type: 'object' } }),
        reserve: async (request) => attempt('reserve', request),
        async release(request) {
          attempt('release', request);
        },
        async fulfill({ grant }): Promise<Delivered> {
          script.calls.push(`fulfill ${grant.id}`);
          if (!script.taken.has(grant.id)) throw new PermanentError({ code: 'no_seat', message: 'never set aside' });
          script.handed.add(grant.id);
          return { outcome: 'delivered', content: { kind: 'content', items: [{ label: 'Seat', value: grant.id }] } };
        },
        async revoke({ grant }) {
          script.taken.delete(grant.id);
        },
      });
    },
  });
  return Object.assign(script, { plugin: plugin() });
}
