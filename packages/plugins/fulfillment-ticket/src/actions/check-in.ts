import type { ActionRefused, FulfillmentActionDone, PluginHost } from '@payonce/plugin-sdk';
import { done, refused, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { eventName } from '../settings.js';
import { changeTicket } from '../ticket.js';
import type { Admission, Change, Ticket, TicketPlace } from '../ticket.js';
import { placeOf } from './scanned.js';

const input = z.strictObject({
  code: z.string().min(1).max(100).describe('The code of the ticket, scanned or typed.'),
  event: eventName
    .nullable()
    .default(null)
    .describe('Which event is let in here: the event of the settings, or the product. Null admits to any.'),
  gate: z.string().min(1).max(100).nullable().default(null).describe('Where it was scanned.'),
  at: z.iso
    .datetime({ offset: true })
    .nullable()
    .default(null)
    .describe('When it was scanned, if that was earlier: RFC 3339. Null for now.'),
});

/** How many check-ins of a ticket are remembered, undone ones included. */
const MOST_ADMISSIONS = 20;

export const checkIn = ({ host, now }: { readonly host: PluginHost; now(): Date }) =>
  zodAction({
    description: 'Admits the holder of a ticket, once.',
    input,
    async run({ input: { code, event, gate, at }, ...request }) {
      const place = await placeOf({ host, request, code });
      if ('outcome' in place) return place;
      const admission: Admission = { key: request.idempotencyKey, at: at ?? now().toISOString(), gate, undone: null };
      return changeTicket({ ...place, change: (ticket) => admit({ ticket, event, place, admission }) });
    },
  });

interface Admit {
  readonly ticket: Ticket | undefined;
  readonly event: string | null;
  readonly place: TicketPlace;
  readonly admission: Admission;
}

function admit({ ticket, event, place, admission }: Admit): Change<FulfillmentActionDone | ActionRefused> {
  if (ticket === undefined) return { answer: refused('unknown_ticket', 'no ticket has this code: do not admit') };
  const repeated = ticket.admissions.find(({ key }) => key === admission.key);
  if (repeated) return { answer: admitted({ place, ticket, admission: repeated }) };
  if (event !== null && event !== place.event && event !== ticket.product)
    return { answer: refused('other_event', `the ticket is for ${place.event}: do not admit here`) };
  if (ticket.seat !== 'sold')
    return { answer: refused('ticket_revoked', 'the ticket was taken back, its payment returned: do not admit') };
  const before = ticket.admissions.at(-1);
  if (before?.undone === null) return { answer: refused('already_admitted', alreadyText(before)) };
  const admissions = [...ticket.admissions, admission].slice(-MOST_ADMISSIONS);
  return { answer: admitted({ place, ticket, admission }), next: { ...ticket, admissions } };
}

const alreadyText = ({ at, gate }: Admission): string =>
  `the ticket was used at ${at}${gate === null ? '' : ` (${gate})`}: do not admit twice`;

const admitted = ({ place, ticket, admission }: { place: TicketPlace; ticket: Ticket; admission: Admission }) =>
  done({
    admitted: true,
    at: admission.at,
    gate: admission.gate,
    event: place.event,
    product: ticket.product,
    payment: ticket.payment,
    grant: place.grant,
    unit: ticket.unit,
  });
