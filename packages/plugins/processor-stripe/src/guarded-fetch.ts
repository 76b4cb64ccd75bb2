import { readCapped } from './read-capped.js';

const MAX_BYTES = 4_000_000;
const WITHOUT_BODY = new Set([204, 205, 304]);

/** A fetch that ends with the call, follows no redirects and reads no endless answers. */
export const guardedFetch =
  (signal: AbortSignal): typeof fetch =>
  async (input, init) => {
    const both = init?.signal ? AbortSignal.any([init.signal, signal]) : signal;
    const response = await fetch(input, { ...init, redirect: 'manual', signal: both });
    const text = await readCapped(response, MAX_BYTES);
    if (text === undefined) throw new TypeError('the answer of Stripe is too large');
    const { status, headers } = response;
    return new Response(WITHOUT_BODY.has(status) ? null : text, { status, headers });
  };
