import type { Payment } from '../domain/payment.js';

/** Where the buyer goes back to: the merchant's address, its own query untouched, with what happened as a hint (not as a proof). */
export function returnAddress({ returnUrl, id, state }: Payment): string {
  const url = new URL(returnUrl);
  const hint = `sandbox_payment=${id}&sandbox_status=${state.kind}`;
  url.search = url.search === '' ? hint : `${url.search}&${hint}`;
  return url.href;
}
