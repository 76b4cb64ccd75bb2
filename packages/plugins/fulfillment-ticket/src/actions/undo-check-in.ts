import type { ActionRefused, FulfillmentActionDone, PluginHost } from '@payonce/plugin-sdk';
import { done, refused, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { changeTicket } from '../ticket.js';
import type { Admission, Change, Ticket, TicketPlace } from '../ticket.js';
import { placeOf } from './scanned.js';

const input = z.strictObject({
  code: z.string().min(1).max(100).describe('The code of the ticket that was checked in by mistake.'),
});

type Undone = NonNullable<Admission['undone']>;

export const undoCheckIn = ({ host, now }: { readonly host: PluginHost; now(): Date }) =>
  zodAction({
    description: 'Takes a check-in back, so that the ticket admits again.',
    input,
    async run({ input: { code }, ...request }) {
      const place = await placeOf({ host, request, code });
      if ('outcome' in place) return place;
      const undone = { key: request.idempotencyKey, at: now().toISOString() };
      return changeTicket({ ...place, change: (ticket) => takeBack({ ticket, place, undone }) });
    },
  });

interface TakeBack {
  readonly ticket: Ticket | undefined;
  readonly place: TicketPlace;
  readonly undone: Undone;
}

function takeBack({ ticket, place, undone }: TakeBack): Change<FulfillmentActionDone | ActionRefused> {
  const admissions = ticket?.admissions ?? [];
  const repeated = admissions.find((admission) => admission.undone?.key === undone.key);
  if (repeated?.undone) return { answer: takenBack(place, repeated.undone) };
  const last = admissions.at(-1);
  if (ticket === undefined || last?.undone !== null)
    return { answer: refused('not_admitted', 'the ticket was not checked in: there is nothing to undo') };
  const next = { ...ticket, admissions: [...admissions.slice(0, -1), { ...last, undone }] };
  return { answer: takenBack(place, undone), next };
}

const takenBack = ({ event, grant }: TicketPlace, { at }: Undone): FulfillmentActionDone =>
  done({ admitted: false, at, event, grant });
