import type { PaymentRef } from '@payonce/plugin-sdk';
import { believe, listOf, strange } from './answers.js';
import type { StripeApi } from './api.js';

/**
 * Ids of the payments under a reference that Stripe's search knows: all of any age, but new ones only after a minute or so, and what it says of them may be old. Accounts
 * without search (it is not there in every country) find nothing: lists by time do the rest.
 */
export async function searchIntents(
  { api }: { readonly api: StripeApi },
  call: PaymentRef,
): Promise<readonly string[]> {
  const query = `metadata["payonce_reference"]:"${call.reference}"`;
  const reply = await api.ask(call, (stripe) => stripe.paymentIntents.search({ query, limit: 20 }));
  if (reply.kind === 'answer') return believe({ schema: listOf(strange), body: reply.body }).data.map(({ id }) => id);
  call.logger.warn({ reference: call.reference, code: reply.code }, 'Stripe refuses to search');
  return [];
}
