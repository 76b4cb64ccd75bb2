import { expect, it } from '@jest/globals';
import type { FulfillmentProvider, Grant } from '../../fulfillment.js';
import type { ConfiguredPlugin } from '../../plugin.js';
import { configuredWith } from '../specimens/configured.js';
import { resultNamed } from '../specimens/failed-checks.js';
import { SEAT_SECRET, fulfillmentSubject, seatOf } from '../specimens/fulfillment-subject.js';
import type { SpoilSeats } from '../specimens/fulfillment-subject.js';
import { limitedSubject, placesOf } from '../specimens/limited-subject.js';
import type { SpoilHall } from '../specimens/limited-subject.js';
import { checksForFulfillmentProvider } from './index.js';
import type { FulfillmentProviderSubject } from './subject.js';

/** Hands over once per name: what careless authors take for the name of a grant. */
const onceBy =
  (nameOf: (grant: Grant) => string): SpoilSeats =>
  (good, { made }) => ({
    async fulfill(asked) {
      const name = nameOf(asked.grant);
      if (!made.includes(name)) {
        made.push(name);
        await good.fulfill(asked);
      }
      return seatOf(name);
    },
  });

it.each([
  ['payment', onceBy(({ payment }) => payment)],
  ['payment and unit', onceBy(({ payment, unit }) => `${payment}:${unit}`)],
])('catches a provider that hands over once per %s', async (_what, spoil) => {
  const checks = checksForFulfillmentProvider(fulfillmentSubject(spoil));
  expect(await resultNamed(checks, 'gives every unit a key of its own')).toMatchObject({ status: 'failed' });
  expect(await resultNamed(checks, 'delivers each of twenty grants that come at once')).toMatchObject({
    status: 'failed',
  });
});

it.each([
  ['who the buyer is', ({ customer }: Grant) => ({ email: customer.email })],
  ['its key', () => ({ key: SEAT_SECRET })],
])('catches a provider that keeps %s', async (_what, kept) => {
  const subject = fulfillmentSubject();
  const plugin: ConfiguredPlugin = {
    ...configuredWith(() => {}),
    load: async (registry, host) =>
      (await subjectPlugin(subject)).load(
        {
          add(kind, provider) {
            const good = provider as unknown as FulfillmentProvider;
            const keeping: FulfillmentProvider = {
              ...good,
              async fulfill(asked) {
                await host?.store(asked.grant).insert(asked.grant.id, kept(asked.grant));
                return good.fulfill(asked);
              },
            };
            registry.add(kind, keeping as never);
          },
        },
        host,
      ),
  };
  const checks = checksForFulfillmentProvider({ ...subject, plugin });
  expect(await resultNamed(checks, 'keeps secrets and people out of its store')).toMatchObject({ status: 'failed' });
});

const subjectPlugin = async ({ plugin }: FulfillmentProviderSubject): Promise<ConfiguredPlugin> =>
  typeof plugin === 'function' ? plugin() : plugin;

const BROKEN: readonly (readonly [string, SpoilHall, string])[] = [
  [
    'sets one unit aside for a whole payment',
    (good, hall) => ({
      reserve: async (asked) => {
        const { payment } = asked.grant;
        const before = hall.taken.get(payment);
        hall.taken.set(payment, new Set());
        return before ? { outcome: 'reserved' } : good.reserve(asked);
      },
    }),
    'sets a unit aside for each grant of the same payment',
  ],
  [
    'counts the units of all businesses together',
    (good) => ({
      reserve: (asked) => good.reserve({ ...asked, grant: { ...asked.grant, business: 'bus_conformance' } }),
    }),
    'counts the units of other businesses and of the other mode apart',
  ],
  [
    'counts test and live together',
    (good) => ({ reserve: (asked) => good.reserve({ ...asked, grant: { ...asked.grant, mode: 'test' } }) }),
    'counts the units of other businesses and of the other mode apart',
  ],
  [
    'frees what was handed over when a release comes late',
    (_good, hall) => ({ release: async ({ grant }) => void placesOf(hall, grant).delete(grant.id) }),
    'keeps what was handed over when a release comes late',
  ],
];

it.each(BROKEN)('catches a provider that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForFulfillmentProvider(limitedSubject(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
