import { isCurrency } from '@payonce/plugin-sdk';
import type { Currency, Mode, PaymentResult, ProcessorActionDone, ProviderAction } from '@payonce/plugin-sdk';
import { refused, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { ACTOR, EVIDENCE } from './action-fields.js';
import type { Answer } from './action-fields.js';
import { isOpen, receivedOf } from './order.js';
import type { Order } from './order.js';
import type { Orders } from './orders.js';

/** What the actions are made of. */
export interface PaymentActionDeps {
  of(scope: { readonly business: string; readonly mode: Mode }): Orders;
  result(order: Order, mode: Mode): PaymentResult;
  now(): Date;
}

const REFERENCE = z
  .string()
  .trim()
  .min(1)
  .max(180)
  .describe('The reference that the buyer quoted, in any spelling; or the attempt, att_….');
const CURRENCY = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value));

const listing = z.strictObject({
  after: z.string().max(60).optional().describe('Where the last page ended.'),
});
const payment = z.strictObject({
  reference: REFERENCE,
  amount: z.int().positive().describe('What came, in minor units: 1999 for 19.99.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .describe('The currency that came.'),
  evidence: EVIDENCE,
  actor: ACTOR,
  part: z
    .boolean()
    .default(false)
    .describe(
      'True when more transfers will follow: the payment stays open until the sum is there, or the last one is noted.',
    ),
});
const closing = z.strictObject({
  reference: REFERENCE,
  actor: ACTOR,
  reason: EVIDENCE.describe('Why nothing will come.'),
});

/** What operators note about payments. */
export const paymentActions = (
  deps: PaymentActionDeps,
): Readonly<Record<string, ProviderAction<ProcessorActionDone>>> => ({
  list_open: zodAction({
    description: 'Lists payments that wait for their transfer.',
    input: listing,
    async run({ input, ...scope }) {
      const { orders, after } = await deps.of(scope).listOpen({ kind: 'payment', after: input.after });
      return { outcome: 'done', answer: { payments: orders.filter(isOpen).map(shown), after } };
    },
  }),
  mark_paid: zodAction({
    description: 'Notes a transfer that came. Less than asked for is held for a decision, more is refundable.',
    input: payment,
    run: ({ input, ...request }) => markPaid(deps, { ...request, input }),
  }),
  mark_failed: zodAction({
    description: 'Closes a payment for which no transfer will come.',
    input: closing,
    run: ({ input, ...request }) => markFailed(deps, { ...request, input }),
  }),
});

interface Asked<Input> {
  readonly business: string;
  readonly mode: Mode;
  readonly idempotencyKey: string;
  readonly input: Input;
}

const shown = (order: Order) => ({
  reference: order.number,
  attempt: order.reference,
  amount: order.amount.amount,
  currency: order.amount.currency,
  received: receivedOf(order).amount,
  description: order.description,
  created_at: order.createdAt,
  due_at: order.dueAt,
});

const unknown = (reference: string) =>
  refused('unknown_reference', `no payment has the reference ${reference}: compare it with list_open`);

async function markPaid(deps: PaymentActionDeps, asked: Asked<z.infer<typeof payment>>): Promise<Answer> {
  const { input, idempotencyKey: key } = asked;
  const orders = deps.of(asked);
  if (!isCurrency(input.currency)) return refused('unknown_currency', `${input.currency} is no currency of payonce`);
  const found = await orders.findQuoted(input.reference);
  if (found === undefined) return unknown(input.reference);
  const { evidence, actor, part } = input;
  const amount = { amount: input.amount, currency: CURRENCY.parse(input.currency) };
  const transfer = { key, actor, evidence, at: deps.now().toISOString(), amount };
  let problem: Answer | undefined;
  const changed = await orders.change(found.reference, (order) => {
    problem = isNoted(order, key) ? undefined : problemOf(order, transfer);
    return problem !== undefined || isNoted(order, key) ? order : withTransfer(order, { transfer, part });
  });
  return problem ?? answerFor(deps, { order: changed ?? found, mode: asked.mode, event: 'paid' });
}

type Transfer = Order['transfers'][number];

const isNoted = ({ transfers }: Order, key: string): boolean => transfers.some((transfer) => transfer.key === key);

function problemOf(order: Order, { evidence, amount }: Transfer): Answer | undefined {
  const received = receivedOf(order);
  if (order.settled)
    return refused(
      'already_paid',
      `${order.number} is paid already: what came beside it belongs to another payment, or goes back`,
    );
  if (order.transfers.some((transfer) => transfer.evidence === evidence))
    return refused('already_noted', `${order.number} has this transfer already: name another line of the statement`);
  if (order.transfers.length > 0 && amount.currency !== received.currency)
    return refused('currency_mixed', `${order.number} received ${received.currency} before: send this transfer back`);
  return undefined;
}

/** Paid when it is the last transfer, or the sum is there. Money that comes after the end opens the payment again. */
function withTransfer(
  order: Order,
  { transfer, part }: { readonly transfer: Transfer; readonly part: boolean },
): Order {
  const next = { ...order, transfers: [...order.transfers, transfer] };
  const received = receivedOf(next);
  const isEnough = received.currency === order.amount.currency && received.amount >= order.amount.amount;
  return { ...next, settled: isEnough || !part || order.closed !== null };
}

async function markFailed(deps: PaymentActionDeps, asked: Asked<z.infer<typeof closing>>): Promise<Answer> {
  const { input, idempotencyKey: key } = asked;
  const orders = deps.of(asked);
  const found = await orders.findQuoted(input.reference);
  if (found === undefined) return unknown(input.reference);
  const at = deps.now().toISOString();
  const closed = { key, actor: input.actor, evidence: input.reason, at, status: 'failed' as const };
  let problem: Answer | undefined;
  const changed = await orders.change(found.reference, (order) => {
    problem = order.closed?.key === key ? undefined : unclosable(order);
    return problem !== undefined || order.closed !== null ? order : { ...order, closed };
  });
  return problem ?? answerFor(deps, { order: changed ?? found, mode: asked.mode, event: 'failed' });
}

function unclosable({ number, settled, closed, transfers }: Order): Answer | undefined {
  if (settled) return refused('already_paid', `${number} is paid: refund it instead`);
  if (closed !== null) return refused('already_closed', `${number} is closed already`);
  return transfers.length > 0
    ? refused(
        'partly_paid',
        `${number} received a part: note the last transfer without "part", then decide about what came`,
      )
    : undefined;
}

/** The order as it stands, and what the engine should know about it. The same fact has the same id. */
function answerFor(
  deps: PaymentActionDeps,
  { order, mode, event }: { readonly order: Order; readonly mode: Mode; readonly event: 'paid' | 'failed' },
): Answer {
  const result = deps.result(order, mode);
  const name = event === 'paid' ? `paid-${order.transfers.length}` : event;
  return {
    outcome: 'done',
    answer: { ...shown(order), status: result.status },
    events: [{ id: `${name}:${order.reference}`, kind: 'payment', reference: order.reference, result }],
  };
}
