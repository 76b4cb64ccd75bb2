import type { PaymentId, SessionId } from '@payonce/engine/domain';
import { until } from '../../packages/cli/src/until.js';
import type { Merchant } from './merchant.js';
import type { Stack } from './stack.js';

/** A purchase that was begun. */
export interface Begun {
  readonly payment: PaymentId;
  readonly session: SessionId;
}

const BILLING = { country: 'DE', city: 'Berlin', street: 'Street 1', zipcode: '10115' };

/** Charges the card on file. Resolves when the API has answered, which it does whether or not the charge is through. */
export async function buyDirectly(
  { api, product, customer }: Merchant,
  options: { readonly idempotencyKey?: string } = {},
): Promise<Begun> {
  const buyer = { customer: { customer_id: customer }, payment_method_id: 'pm_card_visa' };
  return begin(api, { product_cart: line(product), ...buyer }, options);
}

/** Begins a purchase whose buyer is sent to the processor's card page. */
export async function buyOnPage({ api, product }: Merchant): Promise<Begun> {
  return begin(api, { product_cart: line(product), customer: { email: 'ben@example.com', name: 'Ben Buyer' } });
}

const line = (product: string) => [{ product_id: product, quantity: 1 }];

async function begin(api: Merchant['api'], buyer: object, options: object = {}): Promise<Begun> {
  const body = { ...buyer, billing_address: BILLING, confirm: true };
  const { payment_id: payment, session_id: session } = await api.call({ path: '/checkouts', body, ...options });
  return { payment: payment as PaymentId, session: session as SessionId };
}

/** The address of the card page that the processor gave for a purchase. */
export const cardPageOf = ({ records: { stores } }: Stack, { payment }: Begun): Promise<string> =>
  until({
    what: `the card page of ${payment}`,
    forMs: 60_000,
    look: async () => {
      const [attempt] = await stores.attempts.list({ payment });
      const action = attempt?.outcome?.action;
      return action?.type === 'redirect' ? action.url : undefined;
    },
  });

const CARD = { number: '4242424242424242', expiry: '12/40', cvc: '123', name: 'Ben Buyer' };

/** Sends the card page's form: the money moves. Answers where the buyer is sent then, back to the shop. */
export async function giveCard(page: string): Promise<string> {
  const response = await fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams(CARD) });
  const back = response.headers.get('location');
  if (response.status !== 303 || back === null) throw new Error(`the card page answered ${response.status}`);
  return back;
}
