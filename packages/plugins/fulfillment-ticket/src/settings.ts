import { PermanentError } from '@payonce/plugin-sdk';
import type { Grant } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What names an event: short enough for the keys of a store, without their separator. */
export const eventName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, {
  message: 'is not like go-live-2027: letters, digits, dots, hyphens and underscores, at most 80',
});

const moment = z.iso.datetime({ offset: true });

/** What a product's tickets admit to. */
export const ticketSettings = z
  .strictObject({
    name: z.string().min(1).max(200).describe('What the event is called.'),
    event: eventName
      .nullable()
      .default(null)
      .describe('Products with the same name here share the seats; null for an event of this product alone.'),
    startsAt: moment.describe('When it begins: RFC 3339 with the offset of the place.'),
    endsAt: moment.nullable().default(null).describe('When it ends.'),
    doorsAt: moment.nullable().default(null).describe('From when people are let in.'),
    place: z.string().min(1).max(500).nullable().default(null).describe('Where it is.'),
    joinUrl: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .nullable()
      .default(null)
      .describe('Where it is, when it is online.'),
    capacity: z
      .int()
      .min(1)
      .max(100_000)
      .nullable()
      .default(null)
      .describe('How many seats there are; null for any number.'),
    instructions: z.string().min(1).max(5000).nullable().default(null).describe('What to bring, how to get there.'),
  })
  .refine(({ place, joinUrl }) => place !== null || joinUrl !== null, {
    path: ['place'],
    message: 'is missing: give a place, a joinUrl or both',
  })
  .refine(({ startsAt, endsAt }) => endsAt === null || Date.parse(endsAt) > Date.parse(startsAt), {
    path: ['endsAt'],
    message: 'is not after startsAt',
  })
  .refine(({ startsAt, doorsAt }) => doorsAt === null || Date.parse(doorsAt) <= Date.parse(startsAt), {
    path: ['doorsAt'],
    message: 'is after startsAt',
  });

export type TicketSettings = z.output<typeof ticketSettings>;

type OfProduct = Pick<Grant, 'product' | 'settings'>;

/** A grant whose settings cannot be read will not be readable later: somebody has to look at the product. */
export function settingsOf({ product, settings }: OfProduct): TicketSettings {
  const { success, data } = ticketSettings.safeParse(settings);
  if (success) return data;
  throw new PermanentError({
    code: 'settings_invalid',
    message: `the ticket settings of product ${product} do not parse: save them again, then retry`,
  });
}

const shared = z.object({ event: eventName });

/** Whose seats a grant takes. Readable also from settings that no longer parse, so that seats can always be given back. */
export function eventOf({ product, settings }: OfProduct): string {
  const { success, data } = shared.safeParse(settings);
  return success ? data.event : product;
}
