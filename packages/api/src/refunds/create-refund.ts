import { setTimeout as pause } from 'node:timers/promises';
import { isId } from '@payonce/engine/domain';
import type { RefundId, RefundOfPayment, RefundRequest, Scope } from '@payonce/engine/domain';
import type { ApiDeps } from '../deps.js';
import { notFound } from '../http/params.js';
import type { CreateRefund } from '../routes/refunds/schema.js';

/** How often the record is looked at while POST /refunds waits. */
const LOOK_EVERY_MS = 100;

/**
 * Reserves a refund, tells its purchase, and waits a moment for the end of it. Once reserved it counts: when the purchase cannot be told now, a sweeper tells it. Repeat-safe
 * by the refund's id.
 */
export async function makeRefund(
  deps: ApiDeps,
  { id, input, ...scope }: Scope & { readonly id: RefundId; readonly input: CreateRefund },
): Promise<RefundOfPayment> {
  if (!isId('pay', input.payment_id)) throw notFound('payment');
  const reserved = await deps.reservations.reserve({
    ...scope,
    payment: input.payment_id,
    request: requestOf(input),
    refund: { id, reason: input.reason || null, metadata: input.metadata ?? {} },
  });
  if (reserved.refund.status !== 'pending') return reserved;
  const told = await tell(deps, reserved);
  return told ? settled(deps, { ...scope, reserved }) : reserved;
}

const requestOf = ({ items }: CreateRefund): RefundRequest => ({
  items:
    items?.map(({ item_id: product, amount, tax_inclusive: taxInclusive }) => ({
      product,
      amount: amount ?? null,
      taxInclusive: taxInclusive ?? true,
    })) ?? null,
});

async function tell({ purchases, logger }: ApiDeps, { payment, refund }: RefundOfPayment): Promise<boolean> {
  try {
    const { id, business, mode, session } = payment;
    await purchases.refund({ business, mode, session, payment: id, refund: refund.id });
    return true;
  } catch (error) {
    logger.warn({ err: error, payment: payment.id, refund: refund.id }, 'the refund is asked for later');
    return false;
  }
}

/** The refund when it is settled, or as it stands when patience ends. */
async function settled(
  { stores, settings }: ApiDeps,
  { reserved, business, mode }: Scope & { readonly reserved: RefundOfPayment },
): Promise<RefundOfPayment> {
  const key = { business, mode, id: reserved.refund.id };
  for (let waited = 0; waited < settings.refundWaitMs; waited += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    const now = await stores.payments.findRefund(key);
    if (now && now.refund.status !== 'pending') return now;
  }
  return reserved;
}
