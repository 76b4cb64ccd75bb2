import { NotSentError, PermanentError, RetryableError } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { surelyNotSent } from './surely-not-sent.js';

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
  async send(request) {
    if (request.signal.aborted)
      throw new NotSentError({ code: 'acme_not_asked', message: 'the call was over before it began' });
    const { status, json } = await exchange(`${origin}${request.path}`, toFetch(request, secretKey));
    if (status === 401 || status === 403)
      throw new PermanentError({ code: 'acme_refused_key', message: 'Acme does not accept the secret key' });
    const refused = refusal.safeParse(json);
    if ((status === 400 || status === 422) && refused.success) return { kind: 'refusal', ...refused.data };
    const parsed = request.schema.safeParse(json);
    if (status === 200 && parsed.success) return { kind: 'answer', answer: parsed.data };
    throw new RetryableError({ code: 'acme_error', message: `Acme answered ${status}, with nothing to go by` });
  },
});

async function exchange(url: string, init: RequestInit): Promise<{ readonly status: number; readonly json: unknown }> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, json: jsonOf(await response.text()) };
  } catch (cause) {
    if (surelyNotSent(cause))
      throw new NotSentError({ code: 'acme_unreachable', message: 'Acme cannot be reached', cause });
    throw new RetryableError({ code: 'acme_no_answer', message: 'Acme did not answer', cause });
  }
}

function toFetch({ method, body, idempotencyKey, signal }: AcmeRequest<unknown>, secretKey: string): RequestInit {
  const headers = {
    authorization: `Bearer ${secretKey}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  return { method, redirect: 'manual', signal, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
