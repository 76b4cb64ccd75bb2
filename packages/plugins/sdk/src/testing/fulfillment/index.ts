import { staged } from '../check.js';
import type { Check } from '../check.js';
import { LOADING } from '../checks-of-all.js';
import type { ConformanceReport } from '../report.js';
import { register } from '../run.js';
import type { RunOptions } from '../run.js';
import { ACTIONS } from './actions.js';
import { DELIVERIES, ONCE, REVOCATIONS } from './deliveries.js';
import { FULFILLMENT_LEAKS, GARBAGE, OUTAGES } from './failures.js';
import { DESCRIPTION } from './description.js';
import { RESERVATIONS } from './reservations.js';
import { fulfillmentStage } from './stage.js';
import type { FulfillmentProviderSubject } from './subject.js';

/** The checks as data, for whoever wants to run them without a test runner. */
export const checksForFulfillmentProvider = (subject: FulfillmentProviderSubject): readonly Check[] =>
  staged({
    checks: [
      ...[LOADING, DESCRIPTION, DELIVERIES, ONCE, REVOCATIONS, RESERVATIONS, ACTIONS].flat(),
      ...[OUTAGES, GARBAGE, FULFILLMENT_LEAKS].flat(),
    ],
    stage: fulfillmentStage(subject),
    cleanUp: () => subject.outside?.clear(),
  });

/**
 * Registers the checks of a fulfillment provider with a test runner.
 *
 * ```ts
 * fulfillmentProviderConformance({
 *   runner: { describe, it },
 *   id: 'course-seats',
 *   plugin: courseSeats({ origin: fake.origin, apiKey: 'key-of-the-tests' }),
 *   misconfigured: [courseSeats({})],
 *   secrets: ['key-of-the-tests'],
 *   settings: { 'a course': { course: 'c_1' } },
 *   refusedSettings: { 'no course': {} },
 *   outside: {
 *     deliveriesOf: (grant) => fake.seats.filter((seat) => seat.grant === grant).length,
 *     hasAccess: (grant) => fake.seats.some((seat) => seat.grant === grant && seat.open),
 *     loseNextAnswer: () => fake.breakAfterTheNextRequest(),
 *     holdNextAnswer: () => fake.holdTheNextRequest(),
 *     clear: () => fake.behave(),
 *   },
 * });
 * ```
 *
 * A provider that has `reserve` says what can run out, one that has actions how each is tried:
 *
 * ```ts
 *   limited: { capacity: 3, settings: { course: 'c_1', seats: 3 } },
 *   actions: { check_in: { input: ({ answer }) => ({ code: codeIn(answer) }) } },
 * ```
 */
export const fulfillmentProviderConformance = (options: FulfillmentProviderSubject & RunOptions): ConformanceReport =>
  register({ ...options, kind: 'fulfillment_provider', checks: checksForFulfillmentProvider(options) });
