import type { PaymentRef } from '@payonce/plugin-sdk';
import type Stripe from 'stripe';
import type { z } from 'zod';
import { believe, listOf, strange } from './answers.js';
import type { StripeApi } from './api.js';
import { refused } from './refused.js';

/** An item that nobody read yet. */
export type Listed = z.output<typeof listed>;

const listed = strange.loose();

/** Made by us under a reference of ours. */
export const isUnder =
  (reference: string) =>
  ({ metadata }: Listed): boolean =>
    typeof metadata === 'object' && metadata !== null && Reflect.get(metadata, 'payonce_reference') === reference;

/** Asks for one page of a list. */
export type AskPage = (stripe: Stripe, page: { limit: number; starting_after?: string }) => Promise<unknown>;

interface Listing<Item> {
  readonly api: StripeApi;
  readonly call: Pick<PaymentRef, 'mode' | 'signal'>;
  readonly page: AskPage;
  readonly schema: z.ZodType<Item>;
  /** What is none of ours is left out unread: the account may sell by other ways too. What is ours must fit the schema. */
  isOurs(item: Listed): boolean;
  /** Pages of 100 at most. */
  readonly mostPages: number;
}

/** What is ours of a list, newest first, and whether the list ended before the pages did. Throws a RetryableError when something of ours cannot be read: it must not count as absent. */
export async function listAll<Item>({
  api,
  call,
  page,
  schema,
  isOurs,
  mostPages,
}: Listing<Item>): Promise<{ readonly items: readonly Item[]; readonly complete: boolean }> {
  const items: Item[] = [];
  let after: string | undefined;
  for (let number = 0; number < mostPages; number += 1) {
    const place = { limit: 100, ...(after !== undefined && { starting_after: after }) };
    const reply = await api.ask(call, (stripe) => page(stripe, place));
    if (reply.kind === 'refusal') throw refused(reply);
    const { data, has_more } = believe({ schema: listOf(listed), body: reply.body });
    items.push(...data.filter(isOurs).map((item) => believe({ schema, body: item })));
    after = data.at(-1)?.id;
    if (!has_more || after === undefined) return { items, complete: true };
  }
  return { items, complete: false };
}
