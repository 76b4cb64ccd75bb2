import type { Call } from '../../call.js';
import type { ParseWebhook } from '../../processor.js';
import type { WebhookResult } from '../../processor-results.js';
import { ensure } from '../ensure.js';
import { paid } from './stage.js';
import type { Paid, ProcessorStage } from './stage.js';
import type { WebhookFixture } from './subject.js';

export type Headers = Readonly<Record<string, string>>;

/** A post of the processor. */
export interface Post {
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export const parse = async (
  stage: ProcessorStage,
  { headers, body }: Post,
  own: Partial<Call> = {},
): Promise<WebhookResult> => {
  const request: ParseWebhook = stage.call({ headers, body, query: {} }, own);
  return (await stage.provider()).parseWebhook(request);
};

/** A genuine post about a payment that was just made. */
export async function genuine(stage: ProcessorStage): Promise<Post & { readonly payment: Paid }> {
  const payment = await paid(stage);
  const webhooks = fixtureOf(stage);
  const body = await webhooks.bodyOf(payment.reference);
  return { payment, body, headers: await webhooks.sign({ body }) };
}

export function fixtureOf({ subject }: ProcessorStage): WebhookFixture {
  ensure(
    subject.webhooks !== undefined,
    'it declares capabilities.webhooks: bring what its processor posts (webhooks)',
  );
  return subject.webhooks;
}
