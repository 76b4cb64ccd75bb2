import { NotSentError, PermanentError, RetryableError, pluginErrorKind } from '@payonce/plugin-sdk';
import type { Call } from '@payonce/plugin-sdk';
import { z } from 'zod';
import type { HttpOptions } from './options.js';
import { readCapped } from './read-capped.js';
import { signedHeaders } from './signature.js';
import { surelyNotSent } from './surely-not-sent.js';

/** One call of the merchant's system. */
export interface Post extends Pick<Call, 'idempotencyKey' | 'signal'> {
  readonly type: 'fulfill' | 'revoke';
  readonly body: unknown;
  /** What no error may repeat, wherever it comes from. */
  readonly people: readonly string[];
}

/** Signs, posts and reads. Answers the JSON of a success, undefined when it has none; everything else is one of the contract's errors. */
export interface HttpClient {
  post(post: Post): Promise<{ readonly status: number; readonly body: unknown }>;
}

const MAX_BYTES = 64 * 1024;

export interface HttpClientDeps extends Pick<HttpOptions, 'url' | 'secret' | 'timeoutMs'> {
  now(): Date;
}

export const httpClient = (deps: HttpClientDeps): HttpClient => ({
  async post(post) {
    if (post.signal.aborted)
      throw new NotSentError({ code: 'not_asked', message: 'the call was over before it began' });
    try {
      const response = await fetch(deps.url, toFetch(deps, post));
      return read({ response, text: await readCapped(response, MAX_BYTES), people: post.people });
    } catch (thrown) {
      throw toPluginError(thrown);
    }
  },
});

function toFetch(
  { secret, timeoutMs, now }: HttpClientDeps,
  { type, body, idempotencyKey, signal }: Post,
): RequestInit {
  const text = JSON.stringify(body);
  return {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    body: text,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'payonce',
      ...signedHeaders({ type, idempotencyKey, body: text, secret, now: now() }),
    },
  };
}

interface Reply {
  readonly response: Response;
  /** Undefined when it was too long. */
  readonly text: string | undefined;
  readonly people: readonly string[];
}

function read({ response, text, people }: Reply): { readonly status: number; readonly body: unknown } {
  const { status, ok } = response;
  if (ok || status === 410) return { status, body: text === undefined ? undefined : parseJson(text) };
  if (status >= 300 && status < 400)
    throw retryable(response, 'redirected', 'answered with a redirect, which is not followed: correct the url');
  if (status === 429) throw retryable(response, 'rate_limited', 'limits the rate');
  if (TRY_AGAIN.includes(status) || status >= 500) throw retryable(response, 'unavailable', `answered ${status}`);
  const body = text === undefined ? undefined : parseJson(text);
  if (!refusal.safeParse(body).success) throw retryable(response, 'unavailable', `answered ${status}`);
  throw refusalOf({ status, body, people });
}

/** Timed out, the same call still being worked on, too early: the same call may succeed later. */
const TRY_AGAIN: readonly number[] = [408, 409, 425];

const retryable = (response: Response, code: string, what: string): RetryableError =>
  new RetryableError({ code: `receiver_${code}`, message: `the receiver ${what}`, ...waitOf(response) });

const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** Seconds or a date, as HTTP has it; at most an hour. */
function waitOf({ headers }: Response): { readonly retryAfterMs?: number } {
  const text = headers.get('retry-after') ?? '';
  const sent = Date.parse(headers.get('date') ?? '');
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - sent;
  return Number.isFinite(ms) && ms >= 0 ? { retryAfterMs: Math.min(ms, LONGEST_WAIT_MS) } : {};
}

const refusal = z.object({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  message: z.string().min(1).max(5_000),
});

interface Refused extends Pick<Reply, 'people'> {
  readonly status: number;
  readonly body: unknown;
}

/** A refusal in the receiver's own words, without the people in them. One without words stands for itself only when it says that something is gone: other answers may be those of a proxy. */
export function refusalOf({ status, body, people }: Refused): PermanentError {
  const { success, data } = refusal.safeParse(body);
  if (!success) return new PermanentError({ code: 'receiver_refused', message: `the receiver answered ${status}` });
  const words = people
    .filter((text) => text.trim() !== '')
    .reduce((message, text) => message.replaceAll(text, '…'), data.message);
  return new PermanentError({ code: data.code, message: `the receiver refused: ${words.slice(0, 300)}` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The cause stays out: it may name the address, which may hold a token. */
function toPluginError(thrown: unknown): unknown {
  if (pluginErrorKind(thrown) !== undefined) return thrown;
  return surelyNotSent(thrown)
    ? new NotSentError({ code: 'receiver_unreachable', message: 'the receiver cannot be reached: nothing was sent' })
    : new RetryableError({ code: 'receiver_no_answer', message: 'the receiver did not answer in time or broke off' });
}
