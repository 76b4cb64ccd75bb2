import type { PurchaseState } from '../../domain/purchase-state.js';
import type { Codec } from '../codec/codec.js';
import { choice, nullable, optional, record } from '../codec/composites.js';
import { count, id, oneOf } from '../codec/scalars.js';
import { amount, declineCode } from './charge.js';

type State<Kind extends PurchaseState['kind']> = Extract<PurchaseState, { kind: Kind }>;
type Failed = NonNullable<State<'awaiting_payment'>['failed']>;

const open = { attempts: count, attempt: id('att'), asked: amount };
const captured = { ...open, captured: amount };

/** The union, case by case: what is not one of them is not read as any. */
export const purchaseState: Codec<PurchaseState> = choice<PurchaseState, 'kind'>('kind', {
  awaiting_payment: record<State<'awaiting_payment'>>({
    kind: oneOf('awaiting_payment'),
    attempts: count,
    failed: nullable(record<Failed>({ attempt: id('att'), code: declineCode })),
  }),
  attempt_open: record<State<'attempt_open'>>({
    ...open,
    kind: oneOf('attempt_open'),
    phase: oneOf('charging', 'requires_action', 'processing', 'unknown'),
  }),
  paid: record<State<'paid'>>({ ...captured, kind: oneOf('paid'), stage: oneOf('fulfilling', 'settled') }),
  held: record<State<'held'>>({ ...captured, kind: oneOf('held') }),
  closed: record<State<'closed'>>({
    kind: oneOf('closed'),
    attempts: count,
    reason: oneOf('expired', 'cancelled'),
    returned: optional(id('att')),
  }),
});
