import type { Refund, RefundedLine } from '../../domain/refund.js';
import type { Codec } from '../codec/codec.js';
import { list, nullable, record } from '../codec/composites.js';
import { flag, id, instant, minorUnits, oneOf, text } from '../codec/scalars.js';
import { metadata } from './common.js';

type Failure = NonNullable<Refund['failure']>;

const line: Codec<RefundedLine> = record<RefundedLine>({
  line: text,
  product: text,
  amount: minorUnits,
  tax: minorUnits,
});

export const refund: Codec<Refund> = record<Refund>({
  id: id('ref'),
  status: oneOf('pending', 'succeeded', 'failed'),
  lines: list(line),
  amount: minorUnits,
  isPartial: flag,
  reason: nullable(text),
  metadata,
  createdAt: instant,
  settledAt: nullable(instant),
  processorRef: nullable(text),
  sentAt: nullable(instant),
  failure: nullable(record<Failure>({ code: text, message: text })),
});
