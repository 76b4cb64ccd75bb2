import { NotSentError, RetryableError } from '../errors.js';
import { readCapped } from './read-capped.js';
import { surelyNotSent } from './surely-not-sent.js';

/** One request to somebody else's system. */
export interface OutgoingCall {
  /** Who is asked, in snake_case and at most 40 characters: the codes of errors begin with it, and their messages name it. */
  readonly who: string;
  /** Of HTTP; 'GET' when left out. */
  readonly method?: string;
  /** Where to; see {@link urlProblem} for which addresses to take from a configuration. */
  readonly url: string;
  /** Beside `user-agent: payonce`, which they may replace. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is: sign this text and no other. */
  readonly body?: string | undefined;
  /** Of the verb that is being called: pass it on. */
  readonly signal: AbortSignal;
  /** How long it may take at most, when that is less than the signal grants. */
  readonly timeoutMs?: number;
  /** How much of an answer is read; 64 KiB when left out. */
  readonly maxBytes?: number;
}

/** What came back, whatever its status: redirects apart, which are refused. */
export interface Answer {
  /** Of HTTP: 200 to 299, or 400 and above. */
  readonly status: number;
  /** As fetch has them. */
  readonly headers: Headers;
  /** The body; undefined when it is longer than `maxBytes`. */
  readonly text: string | undefined;
  /** The body as JSON, of which nothing is known yet: parse it; undefined when it is none or too long. */
  readonly json: unknown;
}

const MAX_BYTES = 64 * 1024;

/**
 * Makes one request over Node's fetch and ends with its signal. Called by plugins, in every verb that asks somebody; never repeats by itself.
 *
 * Throws NotSentError `<who>_unreachable` when surely nothing arrived (the name did not resolve, the connection was refused), or `<who>_not_asked` when the signal was
 * aborted before; RetryableError `<who>_no_answer` when the connection broke or time was up, and `<who>_redirected` for a redirect, which is not followed. No error has a
 * cause or repeats an address, a header or a body.
 *
 * ```ts
 * const { status, json } = await callOut({
 *   who: 'school',
 *   method: 'POST',
 *   url: `${origin}/enrollments`,
 *   headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
 *   body: JSON.stringify({ course }),
 *   signal,
 * });
 * ```
 */
export async function callOut(call: OutgoingCall): Promise<Answer> {
  const { who, url, signal, maxBytes = MAX_BYTES } = call;
  if (signal.aborted)
    throw new NotSentError({ code: `${who}_not_asked`, message: 'the call was over before it began' });
  try {
    const response = await fetch(url, toFetch(call));
    const text = await readCapped(response, maxBytes);
    const { status, headers } = response;
    if (status < 300 || status >= 400) return { status, headers, text, json: jsonOf(text) };
  } catch (thrown) {
    throw failureOf(who, thrown);
  }
  throw new RetryableError({
    code: `${who}_redirected`,
    message: `the ${who} answered with a redirect, which is not followed: correct the url`,
  });
}

const toFetch = ({ method = 'GET', headers, body, signal, timeoutMs }: OutgoingCall): RequestInit => ({
  method,
  redirect: 'manual',
  signal: timeoutMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  headers: withAgent(headers),
  ...(body !== undefined && { body }),
});

function withAgent(given: OutgoingCall['headers']): Headers {
  const headers = new Headers(given);
  if (!headers.has('user-agent')) headers.set('user-agent', 'payonce');
  return headers;
}

/** The cause stays out: it may name the address, which may hold a token. */
const failureOf = (who: string, thrown: unknown): NotSentError | RetryableError =>
  surelyNotSent(thrown)
    ? new NotSentError({ code: `${who}_unreachable`, message: `the ${who} cannot be reached: nothing was sent` })
    : new RetryableError({ code: `${who}_no_answer`, message: `the ${who} did not answer in time or broke off` });

function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
