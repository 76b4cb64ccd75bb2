import { PermanentError } from '@payonce/plugin-sdk';
import type {
  CreatePayment,
  Mode,
  PaymentResult,
  ProcessorAdapter,
  RefundPayment,
  RefundResult,
} from '@payonce/plugin-sdk';
import { believe, paymentAnswer, refundAnswer } from './answers.js';
import { cancelAll } from './cancel.js';
import type { PaymentAnswer } from './answers.js';
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

/** The sandbox as the engine sees it. Charges and refunds are repeat-safe by their idempotency key. */
export const sandboxAdapter = ({ client, webhookSecret, clock }: SandboxAdapterDeps): ProcessorAdapter => ({
  id: 'sandbox',
  displayName: 'Sandbox',
  capabilities: {
    currencies: 'all',
    notFoundFinalAfterSeconds: 30,
    idempotencyKeyLifeSeconds: DAY_SECONDS,
    minimumAmount: {},
    webhooks: true,
    paymentProvider: 'dodo',
  },
  createPayment: (request) => createPayment(client, request),
  async retrievePayment(request) {
    const payment = await findPayment(client, request);
    return payment === undefined ? { status: 'not_found' } : toPaymentResult(payment);
  },
  cancel: (request) => cancelAll(client, request),
  refund: (request) => refund(client, request),
  async retrieveRefund(request) {
    const found = await findRefund(client, request);
    return found === undefined ? { status: 'not_found' } : toRefundResult(found);
  },
  async parseWebhook({ headers, body, mode }) {
    if (mode === 'live') return { verified: false, reason: 'the sandbox knows no live mode' };
    return readWebhook({ headers, body, secret: webhookSecret, now: clock() });
  },
});

async function createPayment(client: SandboxClient, request: CreatePayment): Promise<PaymentResult> {
  refuseLive(request.mode);
  const { idempotencyKey, signal, reference } = request;
  const body = toNewPayment(request);
  const reply = await client.send({ method: 'POST', path: '/v1/payments', body, idempotencyKey, signal });
  if (reply.kind === 'answer') {
    const fits = (payment: PaymentAnswer): boolean => payment.reference === reference;
    return toPaymentResult(believe({ schema: paymentAnswer, body: reply.body, fits }));
  }
  if (reply.code === 'unknown_payment_method') {
    const message = 'the sandbox does not know this payment method';
    return { status: 'failed', declineCode: 'PAYMENT_METHOD_UNSUPPORTED', message };
  }
  throw new PermanentError({ code: 'processor_refused_request', message: reply.message });
}

async function refund(client: SandboxClient, request: RefundPayment): Promise<RefundResult> {
  refuseLive(request.mode);
  const { idempotencyKey, signal } = request;
  const body = toNewRefund(request);
  const reply = await client.send({ method: 'POST', path: '/v1/refunds', body, idempotencyKey, signal });
  if (reply.kind === 'answer') return refundOf(request, reply.body);
  return { status: 'failed', code: reply.code, message: reply.message.slice(0, 500) };
}

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
