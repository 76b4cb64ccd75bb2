import type { PaymentId } from '@payonce/engine/domain';
import { until } from '../../packages/cli/src/until.js';
import type { Merchant } from './merchant.js';
import type { Stack } from './stack.js';

/** Waits until everything has come to rest, as far as it does within the given time: what has not is for the checker to say. */
export async function rest({
  stack,
  merchant,
  payments,
  forMs,
}: {
  readonly stack: Stack;
  readonly merchant: Merchant;
  readonly payments: readonly PaymentId[];
  readonly forMs: number;
}): Promise<void> {
  const look = async (): Promise<true | undefined> =>
    (await isAtRest({ stack, merchant, payments })) ? true : undefined;
  await until({ what: 'rest', forMs, everyMs: 250, look }).catch(() => undefined);
}

async function isAtRest({
  stack: {
    records: { stores },
  },
  merchant,
  payments,
}: Pick<Parameters<typeof rest>[0], 'stack' | 'merchant' | 'payments'>): Promise<boolean> {
  const taken = new Set(merchant.receiver.posts.filter((post) => post.taken).map(({ id }) => id));
  const ended = await Promise.all(
    payments.map(async (id) => {
      const value = (await stores.payments.find(id))?.state.value;
      if (value?.kind !== 'paid' || value.stage !== 'settled') return false;
      return (await stores.events.listByPayment(id)).every((event) => taken.has(event.id));
    }),
  );
  return ended.every(Boolean);
}
