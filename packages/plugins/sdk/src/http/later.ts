import { RetryableError } from '../errors.js';
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

/** Timed out, the same call still being worked on, too early, too often. */
const LATER: readonly number[] = [408, 409, 425, 429];

/** Whether the same call may succeed later: 408, 409, 425, 429, and 500 and above. Called by plugins whose other side means these by them; throws nothing. */
export const maySucceedLater = (status: number): boolean => LATER.includes(status) || status >= 500;

/**
 * The error for an answer after which the same call is made again: `<who>_rate_limited` for 429, `<who>_unavailable` for everything else, with the wait that the answer asks
 * for. Called by plugins; throws nothing.
 *
 * ```ts
 * if (maySucceedLater(answer.status)) throw unavailable({ who: 'receiver', ...answer });
 * ```
 */
export function unavailable({
  who,
  status,
  headers,
}: Pick<Answer, 'status' | 'headers'> & { readonly who: string }): RetryableError {
  const [code, what] = status === 429 ? ['rate_limited', 'limits the rate'] : ['unavailable', `answered ${status}`];
  return new RetryableError({ code: `${who}_${code}`, message: `the ${who} ${what}`, ...retryAfter(headers) });
}
