import { NotSentError, PermanentError, RetryableError } from '@payonce/plugin-sdk';
import { callOut, retryAfter } from '@payonce/plugin-sdk/http';
import type { Answer } from '@payonce/plugin-sdk/http';
import { z } from 'zod';

/** One request to the sandbox. */
export interface SandboxRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal: AbortSignal;
}

/** What came back: an answer, still to be parsed, or a refusal in the sandbox's own words. */
export type SandboxReply =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'refusal'; readonly status: number; readonly code: string; readonly message: string };

/**
 * Speaks to the sandbox. A refusal is returned: nothing was done. Throws NotSentError when nothing can have been done, PermanentError when the key
 * is wrong, and RetryableError for the rest: no answer, an error, or something that is not an answer leave the outcome unknown.
 */
export interface SandboxClient {
  send(request: SandboxRequest): Promise<SandboxReply>;
}

const MAX_BYTES = 1_000_000;
const refusal = z.object({ code: z.string().min(1).max(100), message: z.string().min(1).max(5_000) });

export const sandboxClient = ({ origin, secretKey }: { origin: string; secretKey: string }): SandboxClient => ({
  async send({ method, path, body, idempotencyKey, signal }) {
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${secretKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    };
    const text = body === undefined ? undefined : JSON.stringify(body);
    const call = {
      who: 'processor',
      method,
      url: `${origin}${path}`,
      headers,
      body: text,
      signal,
      maxBytes: MAX_BYTES,
    };
    return read(await callOut(call));
  },
});

function read(answer: Answer): SandboxReply {
  const { status, headers, json } = answer;
  if (status === 429) {
    throw new NotSentError({
      code: 'processor_rate_limited',
      message: 'the sandbox limits the rate',
      ...retryAfter(headers),
    });
  }
  if (status === 401 || status === 403) {
    throw new PermanentError({ code: 'processor_refused_key', message: 'the sandbox does not accept the secret key' });
  }
  if (status < 300 && json !== undefined) return { kind: 'answer', body: json };
  const refused = refusal.safeParse(json);
  if (BELIEVED_REFUSALS.includes(status) && refused.success) return { kind: 'refusal', status, ...refused.data };
  throw noAnswer(answer);
}

/** 409 and 422 speak of the idempotency key: the request that it belongs to may have charged. */
const BELIEVED_REFUSALS: readonly number[] = [400, 404, 413, 415];

const noAnswer = ({ status, headers }: Answer): RetryableError =>
  status < 300
    ? new RetryableError({
        code: 'processor_answer_invalid',
        message: 'the sandbox answered something that is not JSON',
      })
    : new RetryableError({
        code: 'processor_error',
        message: `the sandbox answered ${status}`,
        ...retryAfter(headers),
      });
