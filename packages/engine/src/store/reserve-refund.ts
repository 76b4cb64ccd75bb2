import { DomainError } from '../domain/domain-error.js';
import { reserveRefund } from '../domain/refund-reservation.js';
import type { BusinessStore } from '../ports/business-store.js';
import type { Clock } from '../ports/outside.js';
import type { PaymentStore, RefundReservations, ReservedRefund } from '../ports/payment-store.js';

/** Each lost race is somebody else's refund that fit: more than this on one payment is no longer normal traffic. */
const MAX_RACES = 200;

/** Refunds reserved in the payment's own document, by a conditional update over the revision that the decision was made on. */
export function createRefundReservations(deps: {
  readonly payments: Pick<PaymentStore, 'findScoped' | 'replaceRefunds'>;
  readonly businesses: Pick<BusinessStore, 'find'>;
  readonly clock: Clock;
}): RefundReservations {
  return {
    async reserve(wanted) {
      const windowDays = await refundWindow(deps, wanted);
      for (let race = 0; race < MAX_RACES; race += 1) {
        const reserved = await tryReserve(deps, { ...wanted, windowDays });
        if (reserved) return reserved;
      }
      throw new DomainError('SERVICE_UNAVAILABLE', `too many refunds of payment ${wanted.payment} at once: try again`);
    },
  };
}

type Deps = Parameters<typeof createRefundReservations>[0];
type Wanted = Parameters<RefundReservations['reserve']>[0];

async function refundWindow({ businesses }: Deps, { business }: Wanted): Promise<number> {
  const found = await businesses.find(business);
  if (!found) throw new DomainError('NOT_FOUND', `there is no business ${business}`);
  return found.refundWindowDays;
}

/** Answers undefined when somebody else changed the refunds in between. */
async function tryReserve(
  { payments, clock }: Deps,
  { business, mode, payment: id, request, refund, windowDays }: Wanted & { readonly windowDays: number },
): Promise<ReservedRefund | undefined> {
  const payment = await payments.findScoped({ business, mode, id });
  if (!payment || payment.attempt === null) throw new DomainError('NOT_FOUND', `there is no payment ${id}`);
  const existing = payment.refunds.find((candidate) => candidate.id === refund.id);
  if (existing) return { payment, refund: existing };
  const reserved = reserveRefund({ payment, request, refund, now: clock.now(), windowDays });
  const refunds = [...payment.refunds, reserved];
  const won = await payments.replaceRefunds({ id, revision: payment.refundRevision, refunds });
  return won
    ? { payment: { ...payment, refunds, refundRevision: payment.refundRevision + 1 }, refund: reserved }
    : undefined;
}
