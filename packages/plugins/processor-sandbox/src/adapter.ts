import { PermanentError } from '@payonce/plugin-sdk';
import type { Mode, PaymentResult, ProcessorAdapter, RefundPayment, RefundResult } from '@payonce/plugin-sdk';
import { believe, paymentAnswer, refundAnswer } from './answers.js';
import { cancelAll } from './cancel.js';
import type { SandboxClient } from './client.js';
import { findPayment, findRefund } from './lookup.js';
import { toNewPayment, toNewRefund } from './requests.js';
import { toPaymentResult, toRefundResult } from './results.js';
import { readWebhook } from './webhook.js';

export interface SandboxAdapterDeps {
  readonly client: SandboxClient;
  readonly webhookSecret: string;
  readonly clock: () => Date;
}

const DAY_SECONDS = 86_400;

/** The sandbox as the engine sees it. */
export const sandboxAdapter = ({ client, webhookSecret, clock }: SandboxAdapterDeps): ProcessorAdapter => ({
  id: 'sandbox',
  displayName: 'Sandbox',
  capabilities: {
    currencies: 'all',
    notFoundFinalAfterSeconds: 30,
    idempotencyKeyLifeSeconds: DAY_SECONDS,
    minimumAmount: {},
    paymentProvider: 'dodo',
  },

  /** Repeat-safe by the idempotency key. */
  async createPayment(request): Promise<PaymentResult> {
    refuseLive(request.mode);
    const { idempotencyKey, signal, reference } = request;
    const reply = await client.send({
      method: 'POST',
      path: '/v1/payments',
      body: toNewPayment(request),
      idempotencyKey,
      signal,
    });
    if (reply.kind === 'answer') {
      const fits = (payment: { readonly reference: string }): boolean => payment.reference === reference;
      return toPaymentResult(believe({ schema: paymentAnswer, body: reply.body, fits }));
    }
    if (reply.code === 'unknown_payment_method') {
      return {
        status: 'failed',
        declineCode: 'PAYMENT_METHOD_UNSUPPORTED',
        message: 'the sandbox does not know this payment method',
      };
    }
    throw new PermanentError({ code: 'processor_refused_request', message: reply.message });
  },

  async retrievePayment(request) {
    const payment = await findPayment(client, request);
    return payment === undefined ? { status: 'not_found' } : toPaymentResult(payment);
  },

  cancel: (request) => cancelAll(client, request),

  /** Repeat-safe by the idempotency key. */
  async refund(request) {
    refuseLive(request.mode);
    const { idempotencyKey, signal } = request;
    const reply = await client.send({
      method: 'POST',
      path: '/v1/refunds',
      body: toNewRefund(request),
      idempotencyKey,
      signal,
    });
    return reply.kind === 'answer'
      ? refundOf(request, reply.body)
      : { status: 'failed', code: reply.code, message: reply.message.slice(0, 500) };
  },

  async retrieveRefund(request) {
    const refund = await findRefund(client, request);
    return refund === undefined ? { status: 'not_found' } : toRefundResult(refund);
  },

  parseWebhook: async ({ headers, body }) => readWebhook({ headers, body, secret: webhookSecret, now: clock() }),
});

function refundOf({ reference, payment, amount }: RefundPayment, body: unknown): RefundResult {
  return toRefundResult(
    believe({
      schema: refundAnswer,
      body,
      fits: (refund) =>
        refund.reference === reference &&
        refund.payment === payment.processorRef &&
        refund.currency === amount.currency,
    }),
  );
}

function refuseLive(mode: Mode): void {
  if (mode === 'test') return;
  throw new PermanentError({
    code: 'sandbox_is_for_tests',
    message: 'the sandbox moves no real money: it takes test payments only',
  });
}
