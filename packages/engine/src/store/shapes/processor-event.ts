import type { InboxEntry } from '../../ports/inbox-store.js';
import type { Codec } from '../codec/codec.js';
import { choice, optional, record } from '../codec/composites.js';
import { oneOf, text } from '../codec/scalars.js';
import { action, amount, card, declineCode, instructions } from './charge.js';

type ProcessorEvent = InboxEntry['event'];
type EventOf<Kind extends ProcessorEvent['kind']> = Extract<ProcessorEvent, { kind: Kind }>;
type PaymentResult = EventOf<'payment'>['result'];
type PaymentIs<Status extends PaymentResult['status']> = Extract<PaymentResult, { status: Status }>;
type RefundResult = EventOf<'refund'>['result'];
type RefundIs<Status extends RefundResult['status']> = Extract<RefundResult, { status: Status }>;

const paymentResult: Codec<PaymentResult> = choice<PaymentResult, 'status'>('status', {
  succeeded: record<PaymentIs<'succeeded'>>({
    status: oneOf('succeeded'),
    processorRef: text,
    captured: amount,
    card: optional(card),
    method: optional(text),
  }),
  authorized: record<PaymentIs<'authorized'>>({ status: oneOf('authorized'), processorRef: text, authorized: amount }),
  requires_action: record<PaymentIs<'requires_action'>>({
    status: oneOf('requires_action'),
    processorRef: text,
    action,
  }),
  processing: record<PaymentIs<'processing'>>({
    status: oneOf('processing'),
    processorRef: text,
    instructions: optional(instructions),
  }),
  failed: record<PaymentIs<'failed'>>({
    status: oneOf('failed'),
    processorRef: optional(text),
    declineCode,
    message: text,
    card: optional(card),
  }),
  cancelled: record<PaymentIs<'cancelled'>>({ status: oneOf('cancelled'), processorRef: text }),
});

const refundResult: Codec<RefundResult> = choice<RefundResult, 'status'>('status', {
  succeeded: record<RefundIs<'succeeded'>>({ status: oneOf('succeeded'), processorRef: text, refunded: amount }),
  pending: record<RefundIs<'pending'>>({ status: oneOf('pending'), processorRef: text }),
  failed: record<RefundIs<'failed'>>({
    status: oneOf('failed'),
    processorRef: optional(text),
    code: text,
    message: text,
  }),
});

export const processorEvent: Codec<ProcessorEvent> = choice<ProcessorEvent, 'kind'>('kind', {
  payment: record<EventOf<'payment'>>({ id: text, kind: oneOf('payment'), reference: text, result: paymentResult }),
  refund: record<EventOf<'refund'>>({ id: text, kind: oneOf('refund'), reference: text, result: refundResult }),
  ignored: record<EventOf<'ignored'>>({ id: text, kind: oneOf('ignored'), type: text }),
});
