import { PermanentError } from '@payonce/plugin-sdk';
import type {
  CancelResult,
  Currency,
  CreatePayment,
  Mode,
  Money,
  PaymentRef,
  PaymentResult,
  ProcessorAdapter,
  RefundPayment,
  RefundResult,
} from '@payonce/plugin-sdk';
import { payment, paymentList, refund, refundList, toPaymentResult, toRefundResult } from './answers.js';
import type { AcmePayment, AcmeRefund } from './answers.js';
import type { AcmeClient, AcmeReply } from './client.js';
import { readWebhook } from './webhook.js';

export interface AcmeDeps {
  readonly id: string;
  readonly mode: Mode;
  readonly client: AcmeClient;
  readonly webhookSecret: string;
  readonly now: () => Date;
}

const CURRENCIES: readonly Currency[] = ['EUR', 'USD', 'JPY'];
const MINIMUM: Readonly<Partial<Record<Currency, number>>> = { EUR: 50, USD: 50 };
const MOST = 999_999_999_999;
const DAY_SECONDS = 86_400;

/** Acme as the engine sees it. Charges and refunds are repeat-safe by their idempotency key. */
export const acmeAdapter = (deps: AcmeDeps): ProcessorAdapter => ({
  id: deps.id,
  displayName: 'Plugin Name',
  capabilities: {
    currencies: CURRENCIES,
    notFoundFinalAfterSeconds: 60,
    idempotencyKeyLifeSeconds: DAY_SECONDS,
    minimumAmount: MINIMUM,
    webhooks: true,
    paymentProvider: 'dodo',
  },
  createPayment: (request) => createPayment(deps, request),
  async retrievePayment(request) {
    const found = await findPayment(deps, request);
    return found === undefined ? { status: 'not_found' } : toPaymentResult(found);
  },
  cancel: (request) => cancel(deps, request),
  refund: (request) => giveBack(deps, request),
  async retrieveRefund(request) {
    const found = await findRefund(deps, request);
    return found === undefined ? { status: 'not_found' } : toRefundResult(found);
  },
  async parseWebhook({ headers, body, mode }) {
    if (mode !== deps.mode) return { verified: false, reason: `the key of Acme is for ${deps.mode} mode` };
    return readWebhook({ headers, body, secret: deps.webhookSecret, now: deps.now(), account: deps.id });
  },
});

/** Nothing about the buyer goes along: Acme asks on its own page. */
async function createPayment({ client, mode }: AcmeDeps, request: CreatePayment): Promise<PaymentResult> {
  refuseOtherMode(request.mode, mode);
  refuseAmount(request.amount);
  const { reference, amount, description, returnUrl, paymentMethod, idempotencyKey, signal } = request;
  const method = paymentMethod === undefined ? {} : { method: paymentMethod };
  const body = { reference, ...amount, description: description.slice(0, 500), return_url: returnUrl, ...method };
  const reply = await client.send({ method: 'POST', path: '/payments', body, idempotencyKey, signal, schema: payment });
  if (reply.kind === 'answer') return toPaymentResult(reply.answer);
  throw new PermanentError({ code: 'acme_refused_payment', message: reply.message });
}

async function giveBack({ client, mode }: AcmeDeps, request: RefundPayment): Promise<RefundResult> {
  refuseOtherMode(request.mode, mode);
  const { reference, payment: paid, amount, idempotencyKey, signal } = request;
  const body = { payment: paid.processorRef, reference, ...amount };
  const reply = await client.send({ method: 'POST', path: '/refunds', body, idempotencyKey, signal, schema: refund });
  if (reply.kind === 'answer') return toRefundResult(reply.answer);
  return { status: 'failed', code: reply.code, message: reply.message };
}

/** Without a payment under our reference the outcome is unknown: a request may still be on its way. */
async function cancel(deps: AcmeDeps, request: PaymentRef): Promise<CancelResult> {
  refuseOtherMode(request.mode, deps.mode);
  const found = await findPayment(deps, request);
  if (found === undefined) return { status: 'unknown' };
  const path = `/payments/${encodeURIComponent(found.id)}/cancel`;
  const reply = await deps.client.send({ method: 'POST', path, signal: request.signal, schema: payment });
  if (reply.kind === 'refusal') return { status: 'unknown' };
  const now = toPaymentResult(reply.answer);
  if (now.status === 'succeeded') return now;
  return now.status === 'cancelled' || now.status === 'failed' ? { status: 'cancelled' } : { status: 'unknown' };
}

const findPayment = ({ client }: AcmeDeps, { reference, signal }: PaymentRef): Promise<AcmePayment | undefined> =>
  firstOf(client.send({ method: 'GET', path: `/payments?${query(reference)}`, signal, schema: paymentList }));

const findRefund = ({ client }: AcmeDeps, { reference, signal }: PaymentRef): Promise<AcmeRefund | undefined> =>
  firstOf(client.send({ method: 'GET', path: `/refunds?${query(reference)}`, signal, schema: refundList }));

const query = (reference: string): string => new URLSearchParams({ reference }).toString();

async function firstOf<Item>(sent: Promise<AcmeReply<{ readonly items: readonly Item[] }>>): Promise<Item | undefined> {
  const reply = await sent;
  if (reply.kind === 'answer') return reply.answer.items[0];
  throw new PermanentError({ code: 'acme_refused_question', message: reply.message });
}

function refuseOtherMode(asked: Mode, own: Mode): void {
  if (asked !== own)
    throw new PermanentError({
      code: 'wrong_mode',
      message: `the key of Acme is for ${own} mode, not for ${asked} mode`,
    });
}

/** Refused, never rounded. */
function refuseAmount({ amount, currency }: Money): void {
  const isWhole = Number.isSafeInteger(amount) && amount >= (MINIMUM[currency] ?? 1) && amount <= MOST;
  if (!isWhole || !CURRENCIES.includes(currency))
    throw new PermanentError({ code: 'amount_not_chargeable', message: 'Acme does not charge this amount' });
}
