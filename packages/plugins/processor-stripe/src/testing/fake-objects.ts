import { CURRENCY_EXPONENTS, isCurrency } from '@payonce/plugin-sdk';
import type { Money } from '@payonce/plugin-sdk';

/** A payment in the fake's books, in Stripe's own spelling. */
export interface FakeIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  amount_capturable: number;
  amount_received: number;
  readonly capture_method: string;
  readonly created: number;
  readonly currency: string;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly return_url: string;
  last_payment_error: { readonly type: 'card_error'; readonly code: string; readonly decline_code?: string } | null;
  latest_charge: string | null;
  next_action: {
    readonly type: string;
    readonly redirect_to_url: { readonly url: string; readonly return_url: string };
  } | null;
  payment_method: string | null;
  status: string;
}

/** A page in the fake's books. */
export interface FakeSession {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly amount_total: number;
  readonly client_reference_id: string | null;
  readonly created: number;
  readonly currency: string;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly success_url: string;
  readonly cancel_url: string;
  readonly for_intent: { readonly intentMetadata: Readonly<Record<string, string>>; readonly captureMethod: string };
  payment_intent: string | null;
  payment_status: 'paid' | 'unpaid';
  status: 'open' | 'complete' | 'expired';
  url: string | null;
}

/** A charge, as events bring it. */
export interface FakeCharge {
  readonly id: string;
  readonly object: 'charge';
  readonly amount_captured: number;
  readonly captured: boolean;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly payment_intent: string;
  readonly payment_method_details: { readonly type: 'card'; readonly card: object };
}

/** A refund in the fake's books. */
export interface FakeRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly created: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly payment_intent: string;
  status: string;
  failure_reason: string | null;
}

/** An answer that is an error, as Stripe writes them. */
export class FakeError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body['code'] ?? body['type']));
    this.status = status;
    this.body = body;
  }
}

export const invalid = (code: string, param?: string): FakeError =>
  new FakeError(code === 'resource_missing' && param !== 'payment_method' ? 404 : 400, {
    type: 'invalid_request_error',
    code,
    message: `invalid: ${code}`,
    ...(param !== undefined && { param }),
  });

const ZERO = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE = new Set('bhd jod kwd omr tnd'.split(' '));

/** How many decimals Stripe's amounts of a currency have, by its documentation. */
const decimals = (currency: string): number => {
  if (ZERO.has(currency)) return 0;
  return THREE.has(currency) ? 3 : 2;
};

/** Refuses what Stripe refuses. */
export function checkAmount({ amount, currency }: { readonly amount: number; readonly currency: string }): void {
  if (!Number.isInteger(amount) || amount < 1) throw invalid('parameter_invalid_integer', 'amount');
  if (amount > 999_999_999_999) throw invalid('amount_too_large', 'amount');
  if (THREE.has(currency) && amount % 10 !== 0) throw invalid('invalid_charge_amount', 'amount');
  if (currency === 'ugx' && amount % 100 !== 0) throw invalid('invalid_charge_amount', 'amount');
  if (['usd', 'eur'].includes(currency) && amount < 50) throw invalid('amount_too_small', 'amount');
}

/** An amount of Stripe's in our minor units, as a bookkeeper would read it: fractions of them show. */
export function bookedMoney({ amount, currency }: { readonly amount: number; readonly currency: string }): Money {
  const code = currency.toUpperCase();
  if (!isCurrency(code)) throw new TypeError(`the fake booked ${currency}, which is no currency of ours`);
  return { amount: amount * 10 ** (CURRENCY_EXPONENTS[code] - decimals(currency)), currency: code };
}
