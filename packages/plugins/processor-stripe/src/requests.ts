import { PermanentError } from '@payonce/plugin-sdk';
import type { CreatePayment, RefundPayment } from '@payonce/plugin-sdk';
import type Stripe from 'stripe';
import type { StripeOptions } from './options.js';
import { STRIPE_MINIMUMS, toStripeAmount } from './units.js';

/** What the merchant chose for all payments. */
export type PaymentStyle = Pick<StripeOptions, 'paymentMethodTypes' | 'captureMethod'>;

/**
 * The body of a new page. A function of the request alone, so that a repetition under the same key is the same to Stripe: that is why it has no `expires_at`. The page lives
 * for Stripe's 24 hours, and is expired by `cancel` when the purchase ends before. Prices are in the merchant's currency for everybody, so that what is captured is what was
 * asked for.
 */
export function toNewSession(request: CreatePayment, style: PaymentStyle): Stripe.Checkout.SessionCreateParams {
  const { amount, currency } = chargeable(request);
  const metadata = { payonce_reference: referenceOf(request) };
  const name = cleaned(request.description, 250) ?? 'Purchase';
  return {
    mode: 'payment',
    client_reference_id: request.reference,
    metadata,
    line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name } } }],
    payment_intent_data: {
      metadata: { ...metadata, payonce_flow: 'page' },
      description: name,
      ...manual(style),
    },
    success_url: request.returnUrl,
    cancel_url: request.returnUrl,
    adaptive_pricing: { enabled: false },
    expand: ['payment_intent'],
    ...(EMAIL.test(request.customer.email) && { customer_email: request.customer.email }),
    ...allowed(style),
  };
}

/** The body of a payment that is made at once. */
export function toNewIntent(
  request: CreatePayment & { readonly paymentMethod: string },
  style: PaymentStyle,
): Stripe.PaymentIntentCreateParams {
  const description = cleaned(request.description, 1_000);
  return {
    ...chargeable(request),
    payment_method: request.paymentMethod,
    confirm: true,
    return_url: request.returnUrl,
    metadata: { payonce_reference: referenceOf(request), payonce_flow: 'token' },
    expand: ['latest_charge'],
    ...(description !== undefined && { description }),
    automatic_payment_methods: { enabled: true },
    ...allowed(style),
    ...manual(style),
  };
}

/** The body of a new refund. Stripe takes three reasons only: ours goes along as a note. */
export function toNewRefund(request: RefundPayment, intent: string): Stripe.RefundCreateParams {
  const reason = request.reason === undefined ? undefined : cleaned(request.reason, 500);
  return {
    payment_intent: intent,
    amount: toStripeAmount(request.amount).amount,
    metadata: { payonce_reference: referenceOf(request), ...(reason !== undefined && { payonce_reason: reason }) },
  };
}

/** References of ours: what Stripe takes as client_reference_id, and what can stand in a search. */
export const isReference = (text: string): boolean => /^[\w-]{1,180}$/.test(text);

/** Methods that Stripe gave out: an empty one would be no method at all. */
export const isMethod = (text: string): boolean => /^\w{1,255}$/.test(text);

const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/i;

/** Typed as words: Stripe adds kinds of methods faster than this package is built. */
const allowed = ({ paymentMethodTypes: types }: PaymentStyle): { allowed_payment_method_types?: AllowedType[] } =>
  types === undefined ? {} : { allowed_payment_method_types: [...types] };

type AllowedType = NonNullable<Stripe.PaymentIntentCreateParams['allowed_payment_method_types']>[number];

const manual = ({ captureMethod }: PaymentStyle): { capture_method?: 'manual' } =>
  captureMethod === 'manual' ? { capture_method: 'manual' } : {};

function chargeable({ amount }: CreatePayment): ReturnType<typeof toStripeAmount> {
  if (amount.amount >= (STRIPE_MINIMUMS[amount.currency] ?? 0)) return toStripeAmount(amount);
  throw new PermanentError({
    code: 'amount_not_chargeable',
    message: `Stripe takes no such small amount of ${amount.currency}`,
  });
}

function referenceOf({ reference }: { readonly reference: string }): string {
  if (isReference(reference)) return reference;
  throw new PermanentError({
    code: 'reference_not_usable',
    message: 'the reference is not 1 to 180 letters, digits, _ and -',
  });
}

/** A text without control characters, cut; undefined when nothing is left. */
function cleaned(text: string, most: number): string | undefined {
  const clean = text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();
  const cut = Array.from(clean).slice(0, most).join('');
  return cut === '' ? undefined : cut;
}
