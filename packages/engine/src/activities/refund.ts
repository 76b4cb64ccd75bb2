import type { Payment, Refund, RefundStatus } from '../domain/index.js';
import { isDomainError, refundedInFull } from '../domain/index.js';
import { toRefund } from '../domain/wire/index.js';
import type { GrantPlan, OfPurchase, RefundActivities } from '../messages/index.js';
import { classify } from '../plugins/index.js';
import { announce } from './emission.js';
import type { ActivityDeps } from './deps.js';
import { finalFailure, pluginFailure } from './failures.js';
import { paymentOf, planOf, sessionOf } from './records.js';
import { keepsTaxRecord } from './tax.js';

/** Money going back. Every change of a refund is one conditional update of its payment's document. */
export const refundActivities = (deps: ActivityDeps): RefundActivities => ({
  reserveRefund: (input) => reserve(deps, input),

  async refund(of) {
    const { payment, refund } = await load(deps, of);
    if (refund.status !== 'pending') return { status: refund.status };
    if (refund.sentAt !== null) {
      const found = await lookUp(deps, { payment, refund });
      if (found !== 'not_found') return { status: found };
    }
    await change(deps, of, (each) => ({ ...each, sentAt: each.sentAt ?? deps.clock.now() }));
    return { status: await send(deps, { payment, refund }) };
  },

  async lookUpRefund(of) {
    const { payment, refund } = await load(deps, of);
    return { status: refund.status === 'pending' ? await lookUp(deps, { payment, refund }) : refund.status };
  },

  async settleRefund({ status, at, note, ...of }) {
    const when = new Date(at);
    const failure =
      status === 'failed' ? { code: 'REFUND_FAILED', message: note ?? 'the processor refused the refund' } : null;
    const payment = await change(deps, of, (each) =>
      each.status === 'pending' ? { ...each, status, settledAt: when, failure } : each,
    );
    const refund = find(payment, of.refund);
    const type = refund.status === 'succeeded' ? 'refund.succeeded' : 'refund.failed';
    const data = toRefund({ payment, refund });
    await announce(deps, payment, [{ type, payment: payment.id, object: refund.id, data, at: when }]);
    const revoke = await grantsToRevoke(deps, payment);
    return { status: refund.status, revoke, ...((await voidsTax(deps, payment, of)) && { voidsTax: true as const }) };
  },
});

type OfRefund = OfPurchase & { readonly refund: Refund['id'] };

interface Loaded {
  readonly payment: Payment;
  readonly refund: Refund;
}

async function load({ stores }: ActivityDeps, of: OfRefund): Promise<Loaded> {
  const payment = await paymentOf(stores, of);
  return { payment, refund: find(payment, of.refund) };
}

function find(payment: Payment, id: Refund['id']): Refund {
  const refund = payment.refunds.find((each) => each.id === id);
  if (refund === undefined) throw finalFailure('refund_not_found', `${id} is no refund of ${payment.id}`);
  return refund;
}

/** Changes one refund, again from the newest document when somebody else was faster. */
async function change(deps: ActivityDeps, of: OfRefund, next: (refund: Refund) => Refund): Promise<Payment> {
  for (;;) {
    const { payment, refund } = await load(deps, of);
    const changed = next(refund);
    const refunds = payment.refunds.map((each) => (each.id === refund.id ? changed : each));
    if (changed === refund) return payment;
    if (await deps.stores.payments.replaceRefunds({ id: payment.id, revision: payment.refundRevision, refunds }))
      return { ...payment, refunds };
  }
}

async function reserve(
  { stores, reservations, ids }: ActivityDeps,
  { key, amount, reason, ...of }: Parameters<RefundActivities['reserveRefund']>[0],
): Promise<Awaited<ReturnType<RefundActivities['reserveRefund']>>> {
  const payment = await paymentOf(stores, of);
  const id = ids.derive('ref', of.payment, key);
  try {
    const { refund } = await reservations.reserve({
      business: payment.business,
      mode: payment.mode,
      payment: payment.id,
      request: { items: itemsFor(payment, amount) },
      refund: { id, reason: reason ?? null, metadata: {} },
    });
    return { refund: refund.id };
  } catch (error) {
    if (isDomainError(error) && error.code !== 'SERVICE_UNAVAILABLE') return { refused: error.code };
    throw error;
  }
}

/** An amount without a product comes off the only product of the sale; with several the operator has to name them through the API. */
function itemsFor({ products }: Payment, amount: number | undefined) {
  const [only] = products;
  return amount === undefined || only === undefined ? null : [{ product: only.product, amount, taxInclusive: true }];
}

async function send({ plugins }: ActivityDeps, { payment, refund }: Loaded): Promise<RefundStatus> {
  const processorRef = payment.attempt?.outcome?.processorRef;
  if (payment.attempt == null || processorRef == null)
    throw finalFailure('nothing_captured', `${payment.id} has no charge to refund`);
  try {
    const result = await plugins.processor(payment.processor).refund({
      business: payment.business,
      reference: refund.id,
      payment: { reference: payment.attempt.id, processorRef },
      amount: { amount: refund.amount, currency: payment.currency },
      ...(refund.reason === null ? {} : { reason: refund.reason }),
      idempotencyKey: `${payment.id}:refund:${refund.id}`,
      mode: payment.mode,
    });
    return result.status;
  } catch (thrown) {
    if (classify(thrown).kind === 'permanent') return 'failed';
    throw pluginFailure(thrown);
  }
}

async function lookUp({ plugins }: ActivityDeps, { payment, refund }: Loaded): Promise<RefundStatus | 'not_found'> {
  try {
    const found = await plugins.processor(payment.processor).retrieveRefund({
      business: payment.business,
      reference: refund.id,
      idempotencyKey: `${payment.id}:lookup:${refund.id}`,
      mode: payment.mode,
    });
    return found.status;
  } catch (thrown) {
    throw pluginFailure(thrown);
  }
}

/** Whether nothing of the sale is left, and its tax is on record somewhere. */
async function voidsTax(deps: ActivityDeps, payment: Payment, of: OfPurchase): Promise<boolean> {
  const sold = payment.attempt?.frozen?.quote.lines ?? [];
  const ended = refundedInFull(payment);
  if (sold.length === 0 || !sold.every(({ line }) => ended.includes(line))) return false;
  return keepsTaxRecord(deps, { session: await sessionOf(deps.stores, of), payment });
}

/** Grants of lines that are refunded in full and settled, and not ended yet. */
async function grantsToRevoke({ stores }: ActivityDeps, payment: Payment): Promise<readonly GrantPlan[]> {
  const ended = refundedInFull(payment);
  const grants = await stores.grants.listByPayment(payment.id);
  return grants.filter(({ line, status }) => ended.includes(line) && status !== 'revoked').map(planOf);
}
