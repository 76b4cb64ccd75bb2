import type { ProcessorAdapter } from '@payonce/plugin-sdk';
import { cancelPayment } from './cancel-payment.js';
import { capture, charge } from './charge.js';
import type { ChargeDeps } from './charge.js';
import { decisive, findPayments } from './find-payment.js';
import type { StripeOptions } from './options.js';
import { findRefund, refundPayment } from './refunds.js';
import { STRIPE_CURRENCIES, STRIPE_MINIMUMS } from './units.js';
import { readWebhook } from './webhook.js';

export interface StripeAdapterDeps extends ChargeDeps {
  readonly options: StripeOptions;
}

const DAY_SECONDS = 86_400;

/** Stripe as the engine sees it. Charges, captures and refunds are repeat-safe by their idempotency key. */
export const stripeAdapter = (deps: StripeAdapterDeps): ProcessorAdapter => ({
  id: 'stripe',
  displayName: 'Stripe',
  capabilities: {
    currencies: STRIPE_CURRENCIES,
    /** Lists know a payment as soon as it exists, search after a minute; a request may take 80 seconds at Stripe. */
    notFoundFinalAfterSeconds: 180,
    /** Stripe forgets keys after 24 hours at the earliest. */
    idempotencyKeyLifeSeconds: DAY_SECONDS,
    minimumAmount: STRIPE_MINIMUMS,
    webhooks: true,
    paymentProvider: 'stripe',
  },
  createPayment: (request) => charge(deps, request),
  capture: (request) => capture(deps, request),
  async retrievePayment(request) {
    return decisive(await findPayments(deps, request)) ?? { status: 'not_found' };
  },
  cancel: (request) => cancelPayment(deps, request),
  refund: (request) => refundPayment(deps, request),
  retrieveRefund: (request) => findRefund(deps, request),
  parseWebhook: async ({ headers, body, mode }) =>
    readWebhook({ headers, body, mode, secrets: deps.options[mode]?.webhookSecrets ?? [], now: deps.clock() }),
});
