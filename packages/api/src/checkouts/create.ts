import type { AttemptId, CustomerId, PaymentId, Scope, Session, SessionId } from '@payonce/engine/domain';
import type { ApiDeps } from '../deps.js';
import type { CheckoutRequest } from '../routes/checkouts/schema.js';
import { checkTaxAddress, resolveBuyer } from './buyer.js';
import { snapshotCart } from './cart.js';
import { confirmSession, quoteFinal } from './confirm.js';
import type { ClientAction, FinalSession } from './confirm.js';
import { openSession, planSession } from './open-session.js';
import { billingOf, checkCurrency, checkTogether } from './request.js';

/** A checkout to make, with the ids that it gets. */
export interface CreateCheckout extends Scope {
  readonly request: CheckoutRequest;
  readonly ids: {
    readonly session: SessionId;
    readonly payment: PaymentId;
    readonly customer: CustomerId;
    readonly attempt: AttemptId;
  };
}

/** What was made. `charged` says that `confirm` finalized it; `action` is what the caller's own page then needs. */
export interface CreatedCheckout {
  readonly session: Session;
  readonly charged: boolean;
  /** Charged by a stored payment method: nothing is left for the buyer to do on a page. */
  readonly direct: boolean;
  readonly action: ClientAction | null;
}

/** Makes a session, and with `confirm` charges it. Repeat-safe by its ids: a repetition makes the same session and presses Pay no second time. */
export async function createCheckout(deps: ApiDeps, wanted: CreateCheckout): Promise<CreatedCheckout> {
  checkTogether(wanted.request);
  const plan = await planned(deps, wanted);
  if (!isFinal(plan)) return { session: await openSession(deps, plan), charged: false, direct: false, action: null };
  checkTaxAddress(plan.billing);
  const shownTotal = await quoteFinal(deps, plan);
  const session = { ...plan, ...(await openSession(deps, plan)), customer: plan.customer, billing: plan.billing };
  const paymentMethod = wanted.request.payment_method_id ?? null;
  const action = await confirmSession(deps, { session, attempt: wanted.ids.attempt, shownTotal, paymentMethod });
  return { session, charged: true, direct: paymentMethod !== null, action };
}

async function planned(deps: ApiDeps, { request, ids, business, mode }: CreateCheckout): Promise<Session> {
  const scope = { business, mode };
  const items = request.product_cart.map(({ product_id: product, quantity }) => ({ product, quantity }));
  const cart = await snapshotCart(deps, { ...scope, items });
  checkCurrency(request, cart);
  const customer = request.customer
    ? await resolveBuyer(deps, { ...scope, buyer: request.customer, id: ids.customer })
    : null;
  return planSession(deps, {
    ...scope,
    id: ids.session,
    payment: ids.payment,
    cart,
    customer,
    billing: billingOf(request),
    taxId: request.tax_id || null,
    customerBusinessName: request.customer_business_name || null,
    returnUrl: request.return_url || null,
    cancelUrl: request.cancel_url || null,
    metadata: request.metadata ?? {},
    confirm: request.confirm ?? false,
  });
}

const isFinal = (session: Session): session is FinalSession =>
  session.confirm && session.customer !== null && session.billing !== null;
