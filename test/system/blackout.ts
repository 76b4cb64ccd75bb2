import { setTimeout as sleep } from 'node:timers/promises';
import type { PaymentId } from '@payonce/engine/domain';
import { buyDirectly } from './buyers.js';
import type { Begun } from './buyers.js';
import type { Merchant } from './merchant.js';
import { charged } from './processor.js';
import type { Stack } from './stack.js';

/** Longer than a claim on a key is held by a process that died. */
const GIVE_UP_MS = 120_000;

/**
 * Kills everything at once while purchases are under way, at whatever step each of them is, and starts it again. Buyers repeat what was not answered, under the same
 * idempotency key, until it is. Answers all payments.
 */
export async function blackout({
  stack,
  merchant,
  buyers,
}: {
  readonly stack: Stack;
  readonly merchant: Merchant;
  readonly buyers: number;
}): Promise<readonly PaymentId[]> {
  const shopping = Promise.all(Array.from({ length: buyers }, (_, number) => insist(merchant, `buyer-${number}`)));
  await charged(stack, Math.ceil(buyers / 4));
  const all = ['api', 'worker', 'temporal', 'sandbox'] as const;
  await Promise.all(all.map((name) => stack.kill(name)));
  await stack.restart('temporal');
  await Promise.all((['sandbox', 'worker', 'api'] as const).map((name) => stack.restart(name)));
  return (await shopping).map(({ payment }) => payment);
}

/** Tries until it is answered. */
async function insist(merchant: Merchant, idempotencyKey: string): Promise<Begun> {
  const end = performance.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return await buyDirectly(merchant, { idempotencyKey });
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await sleep(500);
  }
}
