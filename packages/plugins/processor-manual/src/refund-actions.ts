import type { ProcessorActionDone, ProviderAction } from '@payonce/plugin-sdk';
import { refused, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { ACTOR, EVIDENCE } from './action-fields.js';
import type { Answer } from './action-fields.js';
import type { Order, OrderRefund } from './order.js';
import type { PaymentActionDeps } from './payment-actions.js';
import { plainNumber } from './reference-number.js';
import { refundResultOf } from './results.js';

const listing = z.strictObject({ after: z.string().max(60).optional().describe('Where the last page ended.') });
const done = z.strictObject({
  reference: z.string().trim().min(1).max(180).describe('The reference of the refund, from list_refunds; or ref_….'),
  evidence: EVIDENCE,
  actor: ACTOR,
});

/** What operators note about refunds. */
export const refundActions = (
  deps: Pick<PaymentActionDeps, 'of' | 'now'>,
): Readonly<Record<string, ProviderAction<ProcessorActionDone>>> => ({
  list_refunds: zodAction({
    description: 'Lists refunds that wait for somebody to make the transfer.',
    input: listing,
    async run({ input, ...scope }) {
      const { orders, after } = await deps.of(scope).listOpen({ kind: 'refund', after: input.after });
      const refunds = orders.flatMap((order) =>
        order.refunds.filter(({ status }) => status === 'pending').map((refund) => shown(order, refund)),
      );
      return { outcome: 'done', answer: { refunds, after } };
    },
  }),
  mark_refunded: zodAction({
    description: 'Notes that a refund was transferred back to the buyer.',
    input: done,
    run: (asked) => close(deps, { ...asked, status: 'succeeded' }),
  }),
  mark_refund_failed: zodAction({
    description: 'Notes that a refund could not be transferred, before it was noted as transferred.',
    input: done,
    run: (asked) => close(deps, { ...asked, status: 'failed' }),
  }),
});

const shown = (order: Order, { number, reference, amount, status }: OrderRefund) => ({
  reference: number,
  refund: reference,
  payment: order.number,
  amount: amount.amount,
  currency: amount.currency,
  status,
});

interface Closing {
  readonly business: string;
  readonly mode: 'test' | 'live';
  readonly idempotencyKey: string;
  readonly input: z.infer<typeof done>;
  readonly status: 'succeeded' | 'failed';
}

async function close(deps: Pick<PaymentActionDeps, 'of' | 'now'>, asked: Closing): Promise<Answer> {
  const { input, status, idempotencyKey: key } = asked;
  const orders = deps.of(asked);
  const found = await orders.findOfRefund(input.reference);
  const wanted = found && named(found, input.reference);
  if (found === undefined || wanted === undefined)
    return refused('unknown_reference', `no refund has the reference ${input.reference}: compare it with list_refunds`);
  const deed = { key, actor: input.actor, evidence: input.evidence, at: deps.now().toISOString() };
  const changed = await orders.change(found.reference, (order) =>
    named(order, wanted.reference)?.done === null
      ? {
          ...order,
          refunds: order.refunds.map((each) =>
            each.reference === wanted.reference ? { ...each, status, done: deed } : each,
          ),
        }
      : order,
  );
  const refund = changed && named(changed, wanted.reference);
  if (changed === undefined || refund === undefined || refund.done?.key !== key)
    return refused('already_noted', `${wanted.number} was noted before, as ${refund?.status ?? 'gone'}`);
  const result = refundResultOf(refund);
  return {
    outcome: 'done',
    answer: shown(changed, refund),
    events: [{ id: `${refund.status}:${refund.reference}`, kind: 'refund', reference: refund.reference, result }],
  };
}

const named = ({ refunds }: Order, typed: string): OrderRefund | undefined =>
  refunds.find(({ reference, number }) => reference === typed || plainNumber(number) === plainNumber(typed));
