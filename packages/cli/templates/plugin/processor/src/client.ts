import { PermanentError, RetryableError } from '@payonce/plugin-sdk';
import { callOut } from '@payonce/plugin-sdk/http';
import { z } from 'zod';

/** One request to Acme. */
export interface AcmeRequest<Answer> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal: AbortSignal;
  readonly schema: z.ZodType<Answer>;
}

/** What came back: an answer that parsed, or a refusal, after which surely nothing was done. */
export type AcmeReply<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string };

/**
 * Speaks to Acme. Throws NotSentError when surely nothing arrived, PermanentError when the key is wrong, and RetryableError for everything else: an answer that did not come
 * or cannot be read leaves the outcome unknown.
 */
export interface AcmeClient {
  send<Answer>(request: AcmeRequest<Answer>): Promise<AcmeReply<Answer>>;
}

const refusal = z.object({ code: z.string().min(1).max(100), message: z.string().min(1).max(500) });

export const acmeClient = ({
  origin,
  secretKey,
}: {
  readonly origin: string;
  readonly secretKey: string;
}): AcmeClient => ({
  async send({ method, path, body, idempotencyKey, signal, schema }) {
    const headers = {
      authorization: `Bearer ${secretKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    };
    const text = body === undefined ? undefined : JSON.stringify(body);
    const { status, json } = await callOut({
      who: 'acme',
      method,
      url: `${origin}${path}`,
      headers,
      body: text,
      signal,
    });
    if (status === 401 || status === 403)
      throw new PermanentError({ code: 'acme_refused_key', message: 'Acme does not accept the secret key' });
    const refused = refusal.safeParse(json);
    if ((status === 400 || status === 422) && refused.success) return { kind: 'refusal', ...refused.data };
    const parsed = schema.safeParse(json);
    if (status === 200 && parsed.success) return { kind: 'answer', answer: parsed.data };
    throw new RetryableError({ code: 'acme_error', message: `Acme answered ${status}, with nothing to go by` });
  },
});
