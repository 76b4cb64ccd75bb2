import type { Call } from '../../call.js';
import type { Money } from '../../money.js';
import { PROCESSOR_ADAPTER } from '../../plugin.js';
import type { CreatePayment, PaymentRef, ProcessorAdapter, RefundPayment } from '../../processor.js';
import type { PaymentLookup } from '../../processor-results.js';
import {
  cancelResult,
  paymentLookup,
  paymentResult,
  refundLookup,
  refundResult,
  webhookResult,
} from '../../schemas/index.js';
import { pause } from '../abort.js';
import { CUSTOMER } from '../checks-of-all.js';
import { ensure, ensureSame, written } from '../ensure.js';
import { createStage } from '../stage.js';
import type { Stage } from '../stage.js';
import type { Movement, ProcessorAdapterSubject } from './subject.js';

/** A processor adapter on trial. */
export interface ProcessorStage extends Stage<ProcessorAdapter> {
  readonly subject: ProcessorAdapterSubject;
  /** Of the one business that the kit sells for, unless the input names another. */
  call<Input extends object>(input: Input, own?: Partial<Call>): { readonly business: string } & Input & Call;
}

const SCHEMAS = {
  createPayment: paymentResult,
  completePayment: paymentResult,
  capture: paymentResult,
  retrievePayment: paymentLookup,
  cancel: cancelResult,
  refund: refundResult,
  retrieveRefund: refundLookup,
  parseWebhook: webhookResult,
};

const BUSINESS = 'bus_conformance';

export function processorStage(subject: ProcessorAdapterSubject): ProcessorStage {
  const stage = createStage({ subject, kind: PROCESSOR_ADAPTER, schemas: SCHEMAS });
  return { ...stage, subject, call: (input, own) => stage.call({ business: BUSINESS, ...input }, own) };
}

/** A charge of an open payment, like no other. */
export const openOf = (stage: ProcessorStage, own: Partial<CreatePayment> = {}): CreatePayment =>
  stage.call(
    {
      reference: stage.fresh('att'),
      amount: { amount: 1255, currency: 'EUR' as const },
      description: 'A font',
      returnUrl: 'https://shop.example/return?attempt=1',
      customer: CUSTOMER,
      ...own,
    },
    own,
  );

/** A charge that the processor makes at once if it takes tokens, in a currency that the adapter takes. */
export async function chargeOf(stage: ProcessorStage, own: Partial<CreatePayment> = {}): Promise<CreatePayment> {
  const amount = own.amount ?? (await amountOf(stage));
  const { succeeds } = stage.subject.paymentMethods;
  return openOf(stage, { ...(succeeds !== undefined && { paymentMethod: succeeds }), ...own, amount });
}

/** Where a charge stands once the buyer did what it asks for: nothing when it was made with a token. */
export async function settled(stage: ProcessorStage, { reference, paymentMethod }: CreatePayment): Promise<void> {
  if (paymentMethod !== undefined) return;
  const result = await lookUp(stage, { reference });
  if (OPEN.has(result.status) && result.status !== 'not_found') await finished(stage, { reference, result });
}

const OPEN = new Set<PaymentLookup['status']>(['requires_action', 'processing']);

/** An amount above the minimum, in euro if the adapter takes them. */
export async function amountOf(stage: ProcessorStage): Promise<Money> {
  const { currencies, minimumAmount } = (await stage.provider()).capabilities;
  const currency = currencies === 'all' || currencies.includes('EUR') ? 'EUR' : currencies[0];
  ensure(currency !== undefined, 'it declares no currency at all (capabilities.currencies)');
  return { amount: (minimumAmount[currency] ?? 0) + 1255, currency };
}

/** A payment that is paid, and what the adapter says about it. */
export interface Paid {
  readonly reference: string;
  readonly processorRef: string;
  readonly amount: Money;
}

/** Charges and waits until the money is there. */
export async function paid(stage: ProcessorStage, own: Partial<CreatePayment> = {}): Promise<Paid> {
  const request = await chargeOf(stage, own);
  const { reference, amount } = request;
  const adapter = await stage.provider();
  const result = await adapter.createPayment(request);
  const canCapture = adapter.capture !== undefined;
  ensure(result.status !== 'authorized' || canCapture, 'it answers authorized, and has no capture to go on with');
  const end = result.status === 'succeeded' ? result : await finished(stage, { reference, result });
  ensure(end.status === 'succeeded', `a charge with the token that succeeds ended as ${written(end)}`);
  return { reference, processorRef: end.processorRef, amount };
}

/** Lets the buyer pay and looks until the payment is over. */
export async function finished(
  stage: ProcessorStage,
  payment: Parameters<ProcessorAdapterSubject['buyerPays']>[0],
): Promise<PaymentLookup> {
  await stage.subject.buyerPays(payment);
  const end = performance.now() + stage.deadlineMs;
  for (;;) {
    const found = await lookUp(stage, { reference: payment.reference });
    if (found.status === 'succeeded' || found.status === 'failed' || performance.now() > end) return found;
    await pause(50);
  }
}

export const lookUp = async (
  stage: ProcessorStage,
  payment: Omit<PaymentRef, keyof Call | 'business'>,
): Promise<PaymentLookup> => (await stage.provider()).retrievePayment(stage.call(payment));

/** A refund of a payment, like no other. */
export const refundOf = (stage: ProcessorStage, payment: Paid, minor: number): RefundPayment =>
  stage.call({
    reference: stage.fresh('ref'),
    payment: { reference: payment.reference, processorRef: payment.processorRef },
    amount: { ...payment.amount, amount: minor },
  });

/** Compares the processor's books with what should stand there. */
export async function ensureBooks(
  stage: ProcessorStage,
  {
    reference,
    kind,
    amounts,
  }: { readonly reference: string; readonly kind: Movement['kind']; readonly amounts: readonly Money[] },
): Promise<void> {
  const moved = (await stage.subject.ledger(reference)).filter((movement) => movement.kind === kind);
  ensureSame({
    what: `what the processor's books say about ${kind}s`,
    was: moved.map(({ amount }) => ({ amount: amount.amount, currency: amount.currency })),
    expected: amounts,
  });
}
