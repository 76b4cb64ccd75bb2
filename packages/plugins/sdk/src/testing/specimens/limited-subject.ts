import { z } from 'zod';
import type { FulfillmentActionDone, ProviderAction } from '../../action.js';
import { PermanentError } from '../../errors.js';
import type { FulfillmentProvider, Grant } from '../../fulfillment.js';
import { FULFILLMENT_PROVIDER } from '../../plugin.js';
import type { FulfillmentProviderSubject } from '../fulfillment/subject.js';
import { configuredWith } from './configured.js';
import { seatOf } from './fulfillment-subject.js';

/** Places in a hall, in memory: who has one, per product, and who came in. */
export interface Hall {
  readonly taken: Map<string, Set<string>>;
  /** The grants whose place was handed over. */
  readonly sold: Set<string>;
  /** Under which key each grant came in; one entry per time. */
  readonly cameIn: { readonly grant: string; readonly key: string }[];
}

type Action = ProviderAction<FulfillmentActionDone>;
type LimitedProvider = FulfillmentProvider &
  Required<Pick<FulfillmentProvider, 'reserve' | 'release'>> & { readonly actions: { readonly come_in: Action } };

/** Makes a good provider of places bad. */
export type SpoilHall = (good: LimitedProvider, hall: Hall) => Partial<FulfillmentProvider>;

const settings = z.strictObject({ places: z.int().min(1) });
const entry = z.strictObject({ grant: z.string() });

/** The grants that have a place of the same product, in the same business and mode. */
export const placesOf = (
  { taken }: Hall,
  { business, mode, product }: Pick<Grant, 'business' | 'mode' | 'product'>,
): Set<string> => {
  const name = JSON.stringify([business, mode, product]);
  const places = taken.get(name) ?? new Set();
  taken.set(name, places);
  return places;
};

function take(hall: Hall, grant: Grant): boolean {
  const { success, data } = settings.safeParse(grant.settings);
  if (!success) throw new PermanentError({ code: 'settings_invalid', message: 'the settings say no places' });
  const places = placesOf(hall, grant);
  if (!places.has(grant.id) && places.size >= data.places) return false;
  places.add(grant.id);
  return true;
}

const memoryHall = (hall: Hall): LimitedProvider => ({
  id: 'memory-hall',
  displayName: 'Places',
  reach: 'own_stores',
  settings,
  describe: () => ({ summary: 'A place in a hall.', settings: z.toJSONSchema(settings) }),
  reserve: async ({ grant }) =>
    take(hall, grant) ? { outcome: 'reserved' } : { outcome: 'sold_out', reason: 'No place is left.' },
  async release({ grant }) {
    if (!hall.sold.has(grant.id)) placesOf(hall, grant).delete(grant.id);
  },
  async fulfill({ grant }) {
    if (!take(hall, grant)) throw new PermanentError({ code: 'sold_out', message: 'no place is left' });
    hall.sold.add(grant.id);
    return seatOf(grant.id);
  },
  revoke: async ({ grant }) => void placesOf(hall, grant).delete(grant.id),
  actions: { come_in: comeIn(hall) },
});

const comeIn = ({ cameIn }: Hall): Action => ({
  description: 'Lets a guest in, once.',
  input: entry,
  inputSchema: z.toJSONSchema(entry),
  async run({ input, idempotencyKey: key }) {
    const { grant } = entry.parse(input);
    const before = cameIn.find((each) => each.grant === grant);
    if (before !== undefined && before.key !== key)
      return { outcome: 'refused', code: 'came_in_before', message: 'the guest is in the hall already' };
    if (before === undefined) cameIn.push({ grant, key });
    return { outcome: 'done', answer: { grant } };
  },
});

/** The hall on trial. */
export function limitedSubject(spoil: SpoilHall = () => ({})): FulfillmentProviderSubject {
  const hall: Hall = { taken: new Map(), sold: new Set(), cameIn: [] };
  const good = memoryHall(hall);
  const provider = { ...good, ...spoil(good, hall) };
  return {
    id: 'memory-hall',
    plugin: configuredWith((registry) => registry.add(FULFILLMENT_PROVIDER, provider)),
    misconfigured: [configuredWith(() => {}, { places: 3 })],
    secrets: [],
    deadlineMs: 300,
    settings: { 'a large hall': { places: 10_000 } },
    refusedSettings: { 'no hall': {} },
    limited: { capacity: 3, settings: { places: 3 } },
    actions: {
      come_in: {
        input: ({ grant }) => ({ grant: grant.id }),
        effect: ({ grant }) => hall.cameIn.filter((each) => each.grant === grant.id).length,
      },
    },
  };
}
