import type { Json, PluginHost, StoredEntry } from '@payonce/plugin-sdk';
import { done, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { codeText } from '../code.js';
import { eventName } from '../settings.js';
import { ticketIn, ticketPrefix } from '../ticket.js';
import type { Ticket } from '../ticket.js';

const input = z.strictObject({
  event: eventName.describe('The event of the settings, or the product when its settings name none.'),
  after: z.string().min(1).max(100).nullable().default(null).describe('The `next` of the page before.'),
  limit: z.int().min(1).max(500).default(100).describe('How many tickets a page has at most.'),
});

export const attendees = ({ host }: { readonly host: PluginHost }) =>
  zodAction({
    description: 'Lists the tickets of an event with their states, page by page.',
    input,
    async run({ input: { event, after, limit }, ...request }) {
      const prefix = ticketPrefix(event);
      const from = after === null ? {} : { after: `${prefix}${after}` };
      const entries = await host.store(request).list({ prefix, limit, ...from });
      const last = entries.length < limit ? undefined : entries.at(-1);
      return done({
        items: entries.flatMap((entry) => itemOf({ entry, prefix })),
        next: last === undefined ? null : last.key.slice(prefix.length),
      });
    },
  });

/** A seat that was released again is nobody's: it is left out, so a page can have fewer items than asked for. */
function itemOf({ entry, prefix }: { readonly entry: StoredEntry; readonly prefix: string }): readonly Json[] {
  const ticket = ticketIn(entry);
  if (ticket.seat === 'free') return [];
  const { product, payment, unit, code, admissions } = ticket;
  const last = admissions.at(-1);
  const admission = last?.undone === null ? last : undefined;
  return [
    {
      grant: entry.key.slice(prefix.length),
      payment,
      product,
      unit,
      state: stateOf(ticket, admission !== undefined),
      code: code === null ? null : codeText(code),
      admittedAt: admission?.at ?? null,
      gate: admission?.gate ?? null,
    },
  ];
}

function stateOf({ seat }: Ticket, isAdmitted: boolean): string {
  if (seat === 'ended') return 'revoked';
  if (seat === 'sold') return isAdmitted ? 'admitted' : 'valid';
  return 'held';
}
