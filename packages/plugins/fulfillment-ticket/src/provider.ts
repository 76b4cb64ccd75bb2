import { PermanentError, RetryableError } from '@payonce/plugin-sdk';
import type { Call, FulfillmentProvider, Grant, PluginHost } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { attendees } from './actions/attendees.js';
import { availability } from './actions/availability.js';
import { checkIn } from './actions/check-in.js';
import { undoCheckIn } from './actions/undo-check-in.js';
import { RANDOM_BYTES, ticketCode } from './code.js';
import { deliveryOf } from './delivery.js';
import type { Move, Verdict } from './ledger.js';
import { createSeats } from './seats.js';
import type { Seats } from './seats.js';
import { eventOf, settingsOf, ticketSettings } from './settings.js';
import { keepCode } from './ticket.js';

/** What tickets need of the world. */
export interface TicketDeps {
  readonly host: PluginHost;
  now(): Date;
  randomBytes(size: number): Uint8Array;
}

/** Sells seats. Every verb is repeat-safe: a seat belongs to a grant, and a grant has one seat and one code. */
export function ticketProvider({ host, now, randomBytes }: TicketDeps): FulfillmentProvider {
  const seats = createSeats(host);
  return {
    id: 'tickets',
    displayName: 'Tickets',
    reach: 'own_stores',
    settings: ticketSettings,
    describe: () => ({
      summary: 'A ticket for every unit, with a code that admits once. No more are sold than there are seats.',
      settings: z.toJSONSchema(ticketSettings, { io: 'input' }),
    }),
    async reserve(request) {
      const { name, capacity } = settingsOf(request.grant);
      const verdict = await move(seats, request, { to: 'held', capacity });
      if (verdict.kind === 'full') return { outcome: 'sold_out', reason: `${name} is sold out.` };
      ensureMoved(request.grant, verdict);
      return { outcome: 'reserved' };
    },
    async release(request) {
      ensureMoved(request.grant, await move(seats, request, { to: 'free' }));
    },
    async fulfill(request) {
      const { grant } = request;
      const settings = settingsOf(grant);
      const fresh = ticketCode(randomBytes(RANDOM_BYTES));
      const verdict = await move(seats, request, { to: 'sold', capacity: settings.capacity, code: fresh });
      const code = ensureMoved(grant, verdict) ?? fresh;
      await keepCode({ store: host.store(grant), event: eventOf(grant), grant: grant.id, code });
      return deliveryOf({ settings, code });
    },
    async revoke(request) {
      ensureMoved(request.grant, await move(seats, request, { to: 'ended' }));
    },
    actions: {
      check_in: checkIn({ host, now }),
      undo_check_in: undoCheckIn({ host, now }),
      attendees: attendees({ host }),
      availability: availability({ seats }),
    },
  };
}

type Request = Pick<Call, 'signal'> & { readonly grant: Grant };
type Target = Pick<Move, 'to'> & { readonly capacity?: number | null; readonly code?: Move['code'] };

function move(
  seats: Seats,
  { grant, signal }: Request,
  { to, capacity = null, code = null }: Target,
): Promise<Verdict> {
  const { id, business, mode, product, payment, unit } = grant;
  const wanted = { grant: id, product, payment, unit, to, code, capacity, signal };
  return seats.move({ business, mode, event: eventOf(grant) }, wanted);
}

/** The code that the seat has, once it was sold. */
function ensureMoved({ id }: Grant, verdict: Verdict): string | null {
  switch (verdict.kind) {
    case 'done':
      return verdict.code;
    case 'full':
      throw new PermanentError({
        code: 'sold_out',
        message: `there is no seat left for ${id}: refund it, or raise the capacity`,
      });
    case 'ended':
      throw new PermanentError({ code: 'ticket_revoked', message: `the ticket of ${id} was revoked before` });
    case 'over':
      throw new RetryableError({ code: 'deadline_over', message: 'the call was over before a seat was decided on' });
  }
}
