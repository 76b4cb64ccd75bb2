/** What of a file to send; ends included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The answer to a Range header: everything, one span, or that no such span exists. */
export type Ranged =
  | { readonly kind: 'whole' }
  | { readonly kind: 'span'; readonly span: Span }
  | { readonly kind: 'unsatisfiable' };

const WHOLE: Ranged = { kind: 'whole' };

/**
 * Reads a Range header as RFC 9110 says. One span only: several at once, and anything that is no byte range, count as no header at all. `ifRange` is what If-Range says;
 * when it names another version than `etag`, the whole file is due.
 */
export function rangeOf({
  range,
  ifRange,
  etag,
  size,
}: {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly etag: string;
  readonly size: number;
}): Ranged {
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return WHOLE;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range.trim()) ?? [];
  if (first === '' && last === '') return WHOLE;
  return first === ''
    ? suffix({ length: Number(last), size })
    : span({ start: Number(first), end: last === '' ? size - 1 : Number(last), size });
}

function suffix({ length, size }: { readonly length: number; readonly size: number }): Ranged {
  if (length === 0 || size === 0) return { kind: 'unsatisfiable' };
  return { kind: 'span', span: { start: Math.max(0, size - length), end: size - 1 } };
}

function span({ start, end, size }: Span & { readonly size: number }): Ranged {
  if (start >= size) return { kind: 'unsatisfiable' };
  return end < start ? WHOLE : { kind: 'span', span: { start, end: Math.min(end, size - 1) } };
}
