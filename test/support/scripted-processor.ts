import { NotSentError, PROCESSOR_ADAPTER, PermanentError, RetryableError, definePlugin } from '@payonce/plugin-sdk';
import type {
  CancelResult,
  CapturePayment,
  CompletePayment,
  CreatePayment,
  Money,
  PaymentLookup,
  PaymentRef,
  PaymentResult,
  ProcessorAdapter,
  RefundLookup,
  RefundPayment,
  RefundResult,
} from '@payonce/plugin-sdk';
import { z } from 'zod';
import { planned, plannedRefund, settled } from './processor-plans.js';
import type { CapturePlan, ChargePlan, RefundPlan } from './processor-plans.js';

/** One movement of money that really happened. */
export interface Movement {
  readonly kind: 'charge' | 'refund';
  readonly reference: string;
  readonly amount: Money;
}

/** A processor with state, a ledger, idempotency keys and faults on demand, in this process. */
export interface ScriptedProcessor {
  readonly plugin: ReturnType<ReturnType<typeof definePlugin<unknown>>>;
  readonly ledger: Movement[];
  /** How each verb was called, in order. */
  readonly calls: string[];
  /** Plans for the next charges and refunds; 'succeed' when there are none. */
  readonly charges: ChargePlan[];
  readonly refunds: RefundPlan[];
  readonly captures: CapturePlan[];
  /** What buyers came back with, as the adapter got to see it. */
  readonly completed: Readonly<Record<string, string>>[];
  /** While true every call fails as if the processor were unreachable. */
  down: boolean;
  /** What the next cancels answer; the truth when empty. */
  readonly cancels: CancelResult['status'][];
  /** The buyer finishes, or fails, what a redirect or a slow payment left open. */
  settle(reference: string, outcome: 'succeeded' | 'failed' | 'cancelled'): void;
  /** The buyer's bank agrees to what a redirect left open; nothing is captured by that. */
  authorize(reference: string): void;
  settleRefund(reference: string, outcome: 'succeeded' | 'failed'): void;
  resultOf(reference: string): PaymentResult;
}

/** Makes one. `notFoundFinalAfterSeconds` is 60, keys live an hour. */
export function scriptedProcessor({
  id = 'scripted',
  webhooks = true,
}: { readonly id?: string; readonly webhooks?: boolean } = {}): ScriptedProcessor {
  const payments = new Map<string, { result: PaymentResult; amount: Money }>();
  const refunded = new Map<string, { result: RefundResult; amount: Money }>();
  const keys = new Map<string, PaymentResult>();
  const script: Omit<ScriptedProcessor, 'plugin'> = {
    ledger: [],
    calls: [],
    charges: [],
    refunds: [],
    captures: [],
    completed: [],
    cancels: [],
    down: false,
    settle(reference, outcome) {
      const payment = payments.get(reference);
      if (!payment) throw new Error(`no payment ${reference}`);
      payment.result = settled(reference, payment.amount, outcome);
      if (outcome === 'succeeded') script.ledger.push({ kind: 'charge', reference, amount: payment.amount });
    },
    authorize(reference) {
      const payment = payments.get(reference);
      if (!payment) throw new Error(`no payment ${reference}`);
      payment.result = planned('authorize', reference, payment.amount);
    },
    settleRefund(reference, outcome) {
      const refund = refunded.get(reference);
      if (!refund) throw new Error(`no refund ${reference}`);
      refund.result =
        outcome === 'succeeded'
          ? { status: outcome, processorRef: `sr_${reference}`, refunded: refund.amount }
          : { status: outcome, code: 'refused', message: 'refused' };
    },
    resultOf(reference) {
      const payment = payments.get(reference);
      if (!payment) throw new Error(`no payment ${reference}`);
      return payment.result;
    },
  };
  const reach = (verb: string, reference: string) => {
    script.calls.push(`${verb} ${reference}`);
    if (script.down) throw new RetryableError({ code: 'processor_down', message: 'unreachable' });
  };

  const adapter: ProcessorAdapter = {
    id,
    displayName: 'Scripted',
    capabilities: {
      currencies: 'all',
      notFoundFinalAfterSeconds: 60,
      idempotencyKeyLifeSeconds: 3600,
      minimumAmount: { EUR: 50 },
      webhooks,
      paymentProvider: 'dodo',
    },
    async createPayment({ reference, amount, idempotencyKey }: CreatePayment) {
      reach('create', reference);
      const known = keys.get(idempotencyKey);
      if (known) return payments.get(reference)?.result ?? known;
      const plan = script.charges.shift() ?? 'succeed';
      if (plan === 'key_refused') throw new PermanentError({ code: 'key_invalid', message: 'no such key' });
      if (plan === 'not_sent') throw new NotSentError({ code: 'refused', message: 'connection refused' });
      const result = planned(plan, reference, amount);
      payments.set(reference, { result, amount });
      keys.set(idempotencyKey, result);
      if (result.status === 'succeeded') script.ledger.push({ kind: 'charge', reference, amount: result.captured });
      if (plan === 'lost') throw new RetryableError({ code: 'answer_lost', message: 'the answer was lost' });
      return result;
    },
    async completePayment({ reference, query, idempotencyKey }: CompletePayment) {
      reach('complete', reference);
      script.completed.push(query);
      const known = keys.get(idempotencyKey);
      if (known) return known;
      const payment = payments.get(reference);
      if (!payment) throw new RetryableError({ code: 'payment_unknown', message: 'no such payment' });
      keys.set(idempotencyKey, payment.result);
      return payment.result;
    },
    async capture({ reference, amount }: CapturePayment) {
      reach('capture', reference);
      const payment = payments.get(reference);
      const plan = script.captures.shift() ?? 'succeed';
      if (plan === 'away') throw new RetryableError({ code: 'processor_down', message: 'unreachable' });
      if (plan === 'refuse' || !payment) throw new PermanentError({ code: 'capture_refused', message: 'refused' });
      if (payment.result.status !== 'authorized') return payment.result;
      payment.result = settled(reference, amount, plan === 'decline' ? 'failed' : 'succeeded');
      if (plan !== 'decline') script.ledger.push({ kind: 'charge', reference, amount });
      if (plan === 'lost') throw new RetryableError({ code: 'answer_lost', message: 'the answer was lost' });
      return payment.result;
    },
    async retrievePayment({ reference }: PaymentRef): Promise<PaymentLookup> {
      reach('retrieve', reference);
      return payments.get(reference)?.result ?? { status: 'not_found' };
    },
    async cancel({ reference }: PaymentRef): Promise<CancelResult> {
      reach('cancel', reference);
      const payment = payments.get(reference);
      const forced = script.cancels.shift();
      if (forced === 'processing' || forced === 'unknown') return { status: forced };
      if (payment?.result.status === 'succeeded') return payment.result;
      if (payment) payment.result = { status: 'cancelled', processorRef: `sp_${reference}` };
      return { status: 'cancelled' };
    },
    async refund({ reference, amount }: RefundPayment) {
      reach('refund', reference);
      const known = refunded.get(reference);
      if (known) return known.result;
      const plan = script.refunds.shift() ?? 'succeed';
      const result = plannedRefund(plan, reference, amount);
      refunded.set(reference, { result, amount });
      if (result.status === 'succeeded') script.ledger.push({ kind: 'refund', reference, amount });
      if (plan === 'lost') throw new RetryableError({ code: 'answer_lost', message: 'the answer was lost' });
      return result;
    },
    async retrieveRefund({ reference }: PaymentRef): Promise<RefundLookup> {
      reach('retrieveRefund', reference);
      return refunded.get(reference)?.result ?? { status: 'not_found' };
    },
    async parseWebhook() {
      return { verified: false, reason: 'this processor sends nothing' };
    },
  };
  const plugin = definePlugin({
    name: `processor-${id}`,
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register: (registry) => registry.add(PROCESSOR_ADAPTER, adapter),
  });
  return Object.assign(script, { plugin: plugin() });
}
