import { RetryableError } from '@payonce/plugin-sdk';
import { callOut } from '@payonce/plugin-sdk/http';

const MAX_BYTES = 4_000_000;
const WITHOUT_BODY = new Set([204, 205, 304]);

/** A fetch for the official client that ends with the call, follows no redirects, reads no endless answers and throws the contract's errors. */
export const guardedFetch =
  (signal: AbortSignal): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const { status, headers, text } = await callOut({
      who: 'processor',
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body: request.body === null ? undefined : await request.text(),
      signal: AbortSignal.any([request.signal, signal]),
      maxBytes: MAX_BYTES,
    });
    if (text === undefined)
      throw new RetryableError({ code: 'processor_answer_invalid', message: 'the answer of Stripe is too large' });
    return new Response(WITHOUT_BODY.has(status) ? null : text, { status, headers });
  };
