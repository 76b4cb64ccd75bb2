import { z } from 'zod';
import { NotSentError, PermanentError, RetryableError } from '../../errors.js';
import type { Delivered } from '../../delivered.js';
import type { FulfillmentProvider } from '../../fulfillment.js';
import type { Json } from '../../json.js';
import { FULFILLMENT_PROVIDER } from '../../plugin.js';
import type { FulfillmentProviderSubject } from '../fulfillment/subject.js';
import { untilAborted } from './books.js';
import { configuredWith } from './configured.js';

export const SEAT_SECRET = 'key-of-the-course-service';

/** Seats of a course, in memory: one entry per delivery that was really made. */
export interface Seats {
  readonly made: string[];
  readonly open: Set<string>;
  readonly closed: Set<string>;
  fault: 'lose' | 'hold' | undefined;
}

/** Makes a good provider bad. */
export type SpoilSeats = (good: FulfillmentProvider, seats: Seats) => Partial<FulfillmentProvider>;

const settings = z.strictObject({ course: z.string().min(1) });

/** What a seat is handed over as. */
export const seatOf = (grant: string): Delivered => ({
  outcome: 'delivered',
  content: { kind: 'license_key', key: `SEAT-${grant}`, activationsLimit: null, expiresAt: null },
});

const memorySeats = (seats: Seats): FulfillmentProvider => ({
  id: 'memory-seats',
  displayName: 'Seats',
  reach: 'outside',
  describe: () => ({ summary: 'Goods for tests.', settings: { type: 'object' } }),
  settings,
  async fulfill({ grant, signal }) {
    refuseSettings(grant.settings);
    if (signal.aborted) throw new NotSentError({ code: 'not_asked', message: 'the call was over before it began' });
    if (!seats.made.includes(grant.id)) seats.made.push(grant.id);
    if (!seats.closed.has(grant.id)) seats.open.add(grant.id);
    await answered(seats, signal);
    return seatOf(grant.id);
  },
  async revoke({ grant, signal }) {
    seats.open.delete(grant.id);
    seats.closed.add(grant.id);
    await answered(seats, signal);
  },
});

function refuseSettings(given: Json): void {
  if (settings.safeParse(given).success) return;
  throw new PermanentError({ code: 'settings_invalid', message: 'the settings name no course' });
}

async function answered(seats: Seats, signal: AbortSignal): Promise<void> {
  const { fault } = seats;
  seats.fault = undefined;
  const problem = { code: 'no_answer', message: 'the course service did not answer' };
  if (fault === 'lose') throw new RetryableError(problem);
  if (fault === 'hold')
    await untilAborted(signal).catch((cause: unknown) => Promise.reject(new RetryableError({ ...problem, cause })));
}

/** The seats on trial. */
export function fulfillmentSubject(spoil: SpoilSeats = () => ({})): FulfillmentProviderSubject {
  const seats: Seats = { made: [], open: new Set(), closed: new Set(), fault: undefined };
  const good = memorySeats(seats);
  const provider = { ...good, ...spoil(good, seats) };
  return {
    id: 'memory-seats',
    plugin: configuredWith((registry) => registry.add(FULFILLMENT_PROVIDER, provider)),
    misconfigured: [configuredWith(() => {}, { seats: 3 })],
    secrets: [SEAT_SECRET],
    deadlineMs: 300,
    settings: { 'a course': { course: 'c_1' } },
    refusedSettings: { 'no course': {} },
    outside: {
      deliveriesOf: (grant) => seats.made.filter((made) => made === grant).length,
      hasAccess: (grant) => seats.open.has(grant),
      loseNextAnswer: () => void (seats.fault = 'lose'),
      holdNextAnswer: () => void (seats.fault = 'hold'),
      clear: () => void (seats.fault = undefined),
    },
  };
}
