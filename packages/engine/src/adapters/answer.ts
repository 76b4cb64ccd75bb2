const EXCERPT_BYTES = 2048;

/** What must not reach a screen or a log line: control characters, line and paragraph separators, and the marks that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** The first 2 kB of an answer as text that is safe to store and to show to its owner. Bytes that are not UTF-8 become U+FFFD. */
export function excerpt(body: Uint8Array): string {
  const text = new TextDecoder()
    .decode(body.subarray(0, EXCERPT_BYTES), { stream: body.length > EXCERPT_BYTES })
    .replace(UNPRINTABLE, ' ');
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(EXCERPT_BYTES));
  return text.slice(0, read);
}

/** How long an answer's `Retry-After` asks to wait, given in seconds or as a date; null when it does not, or cannot be read. Never negative. */
export function retryAfterMs({
  header,
  now,
}: {
  readonly header: string | string[] | undefined;
  readonly now: Date;
}): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

/** 'Sun, 06 Nov 1994 08:49:37 GMT'; `Date.parse` alone would accept nearly anything. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
