import type { Page } from '../ports/page.js';

/** What sweepers ask for; ties by id. */
export const OLDEST_FIRST = { createdAt: 1, _id: 1 } as const;

/** What callers ask for; ties by id. */
export const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

/**
 * How many documents a page skips and shows.
 *
 * @throws RangeError when the page is none
 */
export function span({ number, size }: Page): { readonly skip: number; readonly limit: number } {
  const skip = number * size;
  if (!Number.isSafeInteger(skip) || skip < 0 || !Number.isInteger(size) || size < 1 || size > 100) {
    throw new RangeError('a page has a number from 0 on and a size from 1 to 100');
  }
  return { skip, limit: size };
}
