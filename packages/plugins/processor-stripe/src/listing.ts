import type { PaymentRef } from '@payonce/plugin-sdk';
import type Stripe from 'stripe';
import type { z } from 'zod';
import { believe, listOf, strange } from './answers.js';
import type { StripeApi } from './api.js';
import { refused } from './refused.js';

/** Asks for one page of a list. */
export type AskPage = (stripe: Stripe, page: { limit: number; starting_after?: string }) => Promise<unknown>;

interface Listing<Item extends z.ZodType> {
  readonly api: StripeApi;
  readonly call: Pick<PaymentRef, 'mode' | 'signal'>;
  readonly page: AskPage;
  readonly schema: Item;
  /** Pages of 100 at most. */
  readonly mostPages: number;
}

/** Those of a list that the schema takes, newest first, and whether the list ended before the pages did. The account may sell by other ways too: what is none of ours is left out. */
export async function listAll<Item extends z.ZodType>({
  api,
  call,
  page,
  schema,
  mostPages,
}: Listing<Item>): Promise<{ readonly items: readonly z.output<Item>[]; readonly complete: boolean }> {
  const items: z.output<Item>[] = [];
  let after: string | undefined;
  for (let number = 0; number < mostPages; number += 1) {
    const place = { limit: 100, ...(after !== undefined && { starting_after: after }) };
    const reply = await api.ask(call, (stripe) => page(stripe, place));
    if (reply.kind === 'refusal') throw refused(reply);
    const { data, has_more } = believe({ schema: listOf(strange.loose()), body: reply.body });
    items.push(...data.flatMap((item) => schema.safeParse(item).data ?? []));
    after = data.at(-1)?.id;
    if (!has_more || after === undefined) return { items, complete: true };
  }
  return { items, complete: false };
}
