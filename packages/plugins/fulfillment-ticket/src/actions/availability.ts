import { done, refused, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import type { Seats } from '../seats.js';
import { eventName } from '../settings.js';

const input = z.strictObject({
  event: eventName.describe('The event of the settings, or the product when its settings name none.'),
});

export const availability = ({ seats }: { readonly seats: Seats }) =>
  zodAction({
    description: 'Counts the seats of an event: sold, held while somebody pays, and left.',
    input,
    async run({ input: { event }, business, mode }) {
      const counted = await seats.count({ business, mode, event });
      if (counted === undefined)
        return refused('unknown_event', `nobody asked for a ticket of ${event} yet: check its name`);
      const { held, sold, capacity } = counted;
      const left = capacity === null ? null : Math.max(0, capacity - held - sold);
      return done({ event, capacity, sold, held, left });
    },
  });
