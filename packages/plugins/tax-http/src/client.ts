import { NotSentError, PermanentError, RetryableError, pluginErrorKind } from '@payonce/plugin-sdk';
import type { Call } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { readCapped } from './read-capped.js';
import { signedHeaders } from './signature.js';
import { surelyNotSent } from './surely-not-sent.js';

/** One call of the merchant's calculator. */
export interface Post extends Pick<Call, 'idempotencyKey' | 'signal'> {
  readonly url: string;
  readonly body: object;
  /** What no error may repeat, wherever it comes from. */
  readonly hidden: readonly string[];
}

/** Signs, posts and reads. Answers the JSON of a success, undefined when it has none; everything else is one of the contract's errors. */
export interface HttpClient {
  post(post: Post): Promise<unknown>;
}

/** What calls are made with. */
export interface HttpClientDeps {
  readonly secret: Buffer;
  readonly timeoutMs: number;
  now(): Date;
}

const MAX_BYTES = 64 * 1024;

export const httpClient = (deps: HttpClientDeps): HttpClient => ({
  async post(post) {
    if (post.signal.aborted)
      throw new NotSentError({ code: 'calculator_not_asked', message: 'the call was over before it began' });
    try {
      const response = await fetch(post.url, toFetch(deps, post));
      return read({ response, text: await readCapped(response, MAX_BYTES), hidden: post.hidden });
    } catch (thrown) {
      throw toPluginError(thrown);
    }
  },
});

function toFetch({ secret, timeoutMs, now }: HttpClientDeps, { body, idempotencyKey, signal }: Post): RequestInit {
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
      ...signedHeaders({ idempotencyKey, body: text, secret, now: now() }),
    },
  };
}

interface Reply {
  readonly response: Response;
  /** Undefined when it was too long. */
  readonly text: string | undefined;
  readonly hidden: readonly string[];
}

function read({ response, text, hidden }: Reply): unknown {
  const { status, ok } = response;
  if (text === undefined) throw retryable(response, 'answer_invalid', 'answered more than 64 KiB');
  if (ok) return parseJson(text);
  if (status >= 300 && status < 400)
    throw retryable(response, 'redirected', 'answered with a redirect, which is not followed: correct the url');
  if (status === 429) throw retryable(response, 'rate_limited', 'limits the rate');
  const refused = refusal.safeParse(parseJson(text));
  if (TRY_AGAIN.includes(status) || status >= 500 || !refused.success)
    throw retryable(response, 'unavailable', `answered ${status}`);
  throw new PermanentError({
    code: refused.data.code,
    message: `the calculator refused: ${withoutHidden(refused.data.message, hidden).slice(0, 300)}`,
  });
}

/** What a calculator answers with 4xx when asking again cannot help. Without it the answer is somebody else's, of a proxy for example. */
const refusal = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  message: z.string().min(1).max(5_000),
});

/** Timed out, the same call still being worked on, too early: the same call may succeed later. */
const TRY_AGAIN: readonly number[] = [408, 409, 425];

const retryable = (response: Response, code: string, what: string): RetryableError =>
  new RetryableError({ code: `calculator_${code}`, message: `the calculator ${what}`, ...waitOf(response) });

const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** Seconds, as HTTP has it; at most an hour. */
function waitOf({ headers }: Response): { readonly retryAfterMs?: number } {
  const text = headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(text) ? { retryAfterMs: Math.min(Number(text) * 1_000, LONGEST_WAIT_MS) } : {};
}

const withoutHidden = (words: string, hidden: readonly string[]): string =>
  hidden.filter((text) => text.trim() !== '').reduce((message, text) => message.replaceAll(text, '…'), words);

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
    ? new NotSentError({
        code: 'calculator_unreachable',
        message: 'the calculator cannot be reached: nothing was sent',
      })
    : new RetryableError({
        code: 'calculator_no_answer',
        message: 'the calculator did not answer in time or broke off',
      });
}
