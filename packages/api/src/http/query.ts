import type { CreatedBetween, Page } from '@payonce/engine/ports';
import { z } from 'zod';
import { instant } from './fields.js';

const DEFAULT_SIZE = 10;
const MAX_SIZE = 100;
/** Deeper pages cost the database more than anybody reads: narrow by dates instead. */
const MAX_NUMBER = 10_000;

const count = z
  .string()
  .regex(/^\d{1,9}$/, { message: 'is not a whole number, 0 or more' })
  .transform(Number);

/** The paging parameters of lists. */
export const paging = {
  page_size: count.transform((size) => Math.min(size, MAX_SIZE)).default(DEFAULT_SIZE),
  page_number: count
    .refine((number) => number <= MAX_NUMBER, { message: `is over ${MAX_NUMBER}: narrow the list by dates` })
    .default(0),
};

/** The date parameters of lists. */
export const createdBetween = { created_at_gte: instant.optional(), created_at_lte: instant.optional() };

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A filter by something that one-time purchases never have. */
export const neverMatches = z.string().max(100).optional();

/** Answers one page as lists do on the wire. A page of size 0 is empty. */
export async function listed<Item>({
  query,
  list,
  toWire,
}: {
  readonly query: { readonly page_size: number; readonly page_number: number };
  readonly list: (page: Page) => Promise<readonly Item[]>;
  readonly toWire: (item: Item) => unknown;
}): Promise<{ readonly items: readonly unknown[] }> {
  if (query.page_size === 0) return { items: [] };
  const found = await list({ number: query.page_number, size: query.page_size });
  return { items: found.map((item) => toWire(item)) };
}

/** The dates of a list as stores want them. */
export const between = (query: {
  readonly created_at_gte?: Date | undefined;
  readonly created_at_lte?: Date | undefined;
}): CreatedBetween => ({
  ...(query.created_at_gte && { createdFrom: query.created_at_gte }),
  ...(query.created_at_lte && { createdTo: query.created_at_lte }),
});
