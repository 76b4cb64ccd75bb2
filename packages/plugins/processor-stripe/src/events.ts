import type { PaymentResult, ProcessorEvent } from '@payonce/plugin-sdk';
import { chargeEvent, intentAnswer, refundAnswer, sessionAnswer } from './answers.js';
import type { Intent, Session } from './answers.js';
import { isOnPage, toChargeResult, toCompleteResult, toIntentResult, toRefundResult } from './results.js';

/** An event of Stripe, with the object that it is about. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly object: unknown;
}

/** What an event says in the words of the contract; undefined when it has not the form of its type. What is none of ours, or not about a payment's outcome, is ignored. */
export function toEvent(event: StripeEvent): ProcessorEvent | undefined {
  if (Object.hasOwn(OF_INTENTS, event.type)) return intentEvent(event);
  if (Object.hasOwn(OF_PAGES, event.type)) return pageEvent(event);
  if (CHARGES.has(event.type)) return chargeEventOf(event);
  return REFUNDS.has(event.type) ? refundEvent(event) : ignored(event);
}

const ignored = ({ id, type }: StripeEvent): ProcessorEvent => ({ id, kind: 'ignored', type });

type Of<Thing> = Readonly<Record<string, (thing: Thing) => PaymentResult | undefined>>;

/** A decline on a page is no end: the buyer may type another card there. */
const OF_INTENTS: Of<Intent> = {
  'payment_intent.succeeded': toIntentResult,
  'payment_intent.processing': toIntentResult,
  'payment_intent.canceled': toIntentResult,
  'payment_intent.amount_capturable_updated': toIntentResult,
  'payment_intent.payment_failed': (intent) => (isOnPage(intent) ? undefined : toIntentResult(intent)),
};

const OF_PAGES: Of<Session> = {
  'checkout.session.completed': toCompleteResult,
  'checkout.session.async_payment_succeeded': toCompleteResult,
  'checkout.session.async_payment_failed': (session) => ({
    status: 'failed',
    processorRef: toCompleteResult(session).processorRef ?? session.id,
    declineCode: 'PAYMENT_METHOD_PROVIDER_DECLINED',
    message: 'the payment was declined',
  }),
  'checkout.session.expired': ({ id }) => ({ status: 'cancelled', processorRef: id }),
};

const CHARGES = new Set(['charge.succeeded', 'charge.captured']);

/** `charge.refunded` names no refund: what it tells comes with these. */
const REFUNDS = new Set(['refund.created', 'refund.updated', 'refund.failed', 'charge.refund.updated']);

function intentEvent(event: StripeEvent): ProcessorEvent | undefined {
  const parsed = intentAnswer.safeParse(event.object);
  if (!parsed.success) return undefined;
  const reference = parsed.data.metadata.payonce_reference;
  return payment({ event, reference, result: () => OF_INTENTS[event.type]?.(parsed.data) });
}

function pageEvent(event: StripeEvent): ProcessorEvent | undefined {
  const parsed = sessionAnswer.safeParse(event.object);
  if (!parsed.success) return undefined;
  const { metadata } = parsed.data;
  return payment({ event, reference: metadata.payonce_reference, result: () => OF_PAGES[event.type]?.(parsed.data) });
}

function chargeEventOf(event: StripeEvent): ProcessorEvent | undefined {
  const parsed = chargeEvent.safeParse(event.object);
  if (!parsed.success) return undefined;
  const reference = parsed.data.metadata.payonce_reference;
  return payment({ event, reference, result: () => toChargeResult(parsed.data) });
}

interface Told {
  readonly event: StripeEvent;
  readonly reference: string | undefined;
  readonly result: () => PaymentResult | undefined;
}

function payment({ event, reference, result }: Told): ProcessorEvent {
  const told = reference === undefined ? undefined : result();
  return reference === undefined || told === undefined
    ? ignored(event)
    : { id: event.id, kind: 'payment', reference, result: told };
}

function refundEvent(event: StripeEvent): ProcessorEvent | undefined {
  const parsed = refundAnswer.safeParse(event.object);
  if (!parsed.success) return undefined;
  const reference = parsed.data.metadata.payonce_reference;
  if (reference === undefined) return ignored(event);
  return { id: event.id, kind: 'refund', reference, result: toRefundResult(parsed.data) };
}
