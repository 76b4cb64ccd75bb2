import { NotSentError, PermanentError, RetryableError, pluginErrorKind } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { readCapped } from './read-capped.js';
import { surelyNotSent } from './surely-not-sent.js';

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
  async send(request) {
    if (request.signal.aborted)
      throw new NotSentError({ code: 'processor_not_asked', message: 'the call was over before it began' });
    try {
      const response = await fetch(`${origin}${request.path}`, toFetch(request, secretKey));
      return read(response, await readCapped(response, MAX_BYTES));
    } catch (thrown) {
      throw toPluginError(thrown);
    }
  },
});

const toFetch = ({ method, body, idempotencyKey, signal }: SandboxRequest, secretKey: string): RequestInit => ({
  method,
  redirect: 'manual',
  signal,
  headers: {
    accept: 'application/json',
    authorization: `Bearer ${secretKey}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  },
  ...(body !== undefined && { body: JSON.stringify(body) }),
});

function read(response: Response, text: string | undefined): SandboxReply {
  const { status } = response;
  if (status === 429) {
    throw new NotSentError({
      code: 'processor_rate_limited',
      message: 'the sandbox limits the rate',
      ...waitOf(response),
    });
  }
  if (status === 401 || status === 403) {
    throw new PermanentError({ code: 'processor_refused_key', message: 'the sandbox does not accept the secret key' });
  }
  const json = text === undefined ? undefined : parseJson(text);
  if (response.ok && json !== undefined) return { kind: 'answer', body: json };
  const refused = refusal.safeParse(json);
  if (BELIEVED_REFUSALS.includes(status) && refused.success) return { kind: 'refusal', status, ...refused.data };
  throw noAnswer(response);
}

/** 409 and 422 speak of the idempotency key: the request that it belongs to may have charged. */
const BELIEVED_REFUSALS: readonly number[] = [400, 404, 413, 415];

const noAnswer = (response: Response): RetryableError =>
  response.ok
    ? new RetryableError({
        code: 'processor_answer_invalid',
        message: 'the sandbox answered something that is not JSON',
      })
    : new RetryableError({
        code: 'processor_error',
        message: `the sandbox answered ${response.status}`,
        ...waitOf(response),
      });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function waitOf(response: Response): { readonly retryAfterMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {};
}

function toPluginError(thrown: unknown): unknown {
  if (pluginErrorKind(thrown) !== undefined) return thrown;
  const problem = { message: 'the sandbox did not answer', cause: thrown };
  return surelyNotSent(thrown)
    ? new NotSentError({ ...problem, code: 'processor_unreachable' })
    : new RetryableError({ ...problem, code: 'processor_no_answer' });
}
