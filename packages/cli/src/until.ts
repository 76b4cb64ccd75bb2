import { setTimeout as sleep } from 'node:timers/promises';
import { Explained } from './explained.js';

/** What is waited for. */
export interface Wait<Value> {
  /** For the message when it does not come. */
  readonly what: string;
  readonly forMs: number;
  readonly everyMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** undefined says: not yet. */
  readonly look: () => Promise<Value | undefined>;
}

/** Looks again and again until there is something. Throws when the time is over; a look that throws ends the wait. */
export async function until<Value>({ what, forMs, everyMs = 100, signal, look }: Wait<Value>): Promise<Value> {
  const end = performance.now() + forMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    signal?.throwIfAborted();
    if (performance.now() >= end) throw new Explained(`${what}: not within ${Math.round(forMs / 1000)} s`);
    await sleep(everyMs, undefined, signal ? { signal } : {});
  }
}
