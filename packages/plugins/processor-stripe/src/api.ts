import { NotSentError, PermanentError } from '@payonce/plugin-sdk';
import type { Call } from '@payonce/plugin-sdk';
import Stripe from 'stripe';
import { toReply } from './failures.js';
import type { Refusal } from './failures.js';
import { guardedFetch } from './guarded-fetch.js';
import type { StripeOptions } from './options.js';

/** What came back: an answer, still to be parsed, or a refusal in Stripe's own words. */
export type StripeReply = { readonly kind: 'answer'; readonly body: unknown } | Refusal;

/**
 * Speaks to Stripe in the mode of the call. A refusal is returned: no money moved. Throws NotSentError when nothing can have been done, PermanentError when the key is wrong,
 * and RetryableError for the rest: no answer, an error of Stripe's, or something that is no answer leave the outcome unknown.
 */
export interface StripeApi {
  ask(call: Pick<Call, 'mode' | 'signal'>, request: (stripe: Stripe) => Promise<unknown>): Promise<StripeReply>;
}

/** The version whose shapes this package reads, whatever the account's default is. */
const API_VERSION = '2026-10-28.endive';

/** The official client, without repetitions and telemetry of its own: the engine decides when something is sent again. */
export const stripeApi = (options: Pick<StripeOptions, 'test' | 'live' | 'api'>): StripeApi => ({
  async ask({ mode, signal }, request) {
    const secretKey = options[mode]?.secretKey;
    if (secretKey === undefined)
      throw new PermanentError({ code: 'stripe_mode_not_configured', message: `Stripe has no key for ${mode} mode` });
    if (signal.aborted)
      throw new NotSentError({ code: 'processor_not_asked', message: 'the call was over before it began' });
    const { protocol, host, port } = options.api;
    const stripe = new Stripe(secretKey, {
      apiVersion: API_VERSION,
      maxNetworkRetries: 0,
      telemetry: false,
      protocol,
      host,
      port,
      httpClient: Stripe.createFetchHttpClient(guardedFetch(signal)),
    });
    try {
      return { kind: 'answer', body: await request(stripe) };
    } catch (thrown) {
      return toReply(thrown);
    }
  },
});
