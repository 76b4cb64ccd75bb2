import { PermanentError, RetryableError } from '../errors.js';
import type { Answer } from './call-out.js';

const LONGEST_WAIT_MS = 60 * 60 * 1000;

/**
 * How long an answer asks to wait, of `retry-after` in seconds or as a date; at most an hour, and nothing when it does not say. Spread it into an error. Called by plugins;
 * throws nothing.
 *
 * ```ts
 * if (status === 429) throw new NotSentError({ code: 'acme_rate_limited', message: 'Acme limits the rate', ...retryAfter(headers) });
 * ```
 */
export function retryAfter(headers: Headers): { readonly retryAfterMs?: number } {
  const text = headers.get('retry-after') ?? '';
  const sent = Date.parse(headers.get('date') ?? '');
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - sent;
  return Number.isFinite(ms) && ms >= 0 ? { retryAfterMs: Math.min(ms, LONGEST_WAIT_MS) } : {};
}

/** An answer that is no success. */
export interface FailedAnswer extends Pick<Answer, 'status' | 'headers' | 'json'> {
  /** As {@link callOut} was told. */
  readonly who: string;
  /** What must not be repeated, wherever it comes from: secrets, and the people that the call was about. */
  readonly hidden: readonly string[];
}

/** Timed out, the same call still being worked on, too early, too often. */
const LATER: readonly number[] = [408, 409, 425, 429];
const GONE = 410;

/**
 * The error for an answer of somebody who refuses with 4xx and `{ "code": "course_full", "message": "…" }`: such a refusal is a PermanentError in these words, of which
 * `hidden` is left out; so is 410, with `<who>_refused` when it says nothing. Everything else is a RetryableError with the wait that the answer asks for: `<who>_rate_limited`
 * for 429, else `<who>_unavailable`, for 408, 409, 425, 500 and above, and for a 4xx without such words, which a proxy may have answered. Called by fulfillment providers and
 * tax calculators, not by processors, where only they know after which answers no money moved. Throws nothing.
 *
 * ```ts
 * if (answer.status >= 300) throw failureIn({ who: 'school', hidden: [grant.customer.email], ...answer });
 * ```
 */
export function failureIn({ who, status, headers, json, hidden }: FailedAnswer): PermanentError | RetryableError {
  const words = wordsIn(json);
  if (words !== undefined && status < 500 && !LATER.includes(status)) {
    const { code, message } = words;
    return new PermanentError({ code, message: `the ${who} refused: ${without(hidden, message).slice(0, 300)}` });
  }
  if (status === GONE) return new PermanentError({ code: `${who}_refused`, message: `the ${who} answered 410` });
  const [code, what] = status === 429 ? ['rate_limited', 'limits the rate'] : ['unavailable', `answered ${status}`];
  return new RetryableError({ code: `${who}_${code}`, message: `the ${who} ${what}`, ...retryAfter(headers) });
}

function wordsIn(json: unknown): { readonly code: string; readonly message: string } | undefined {
  const { code, message } = Object(json);
  const isCode = typeof code === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(code);
  return isCode && typeof message === 'string' && message !== '' ? { code, message } : undefined;
}

const without = (hidden: readonly string[], words: string): string =>
  hidden.filter((text) => text.trim() !== '').reduce((message, text) => message.replaceAll(text, '…'), words);
