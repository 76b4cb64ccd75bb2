import { staged } from '../check.js';
import type { Check } from '../check.js';
import type { ConformanceReport } from '../report.js';
import { register } from '../run.js';
import type { RunOptions } from '../run.js';
import { CHECKS } from './all-checks.js';
import { processorStage } from './stage.js';
import type { ProcessorAdapterSubject } from './subject.js';

/** The checks as data, for whoever wants to run them without a test runner. */
export const checksForProcessorAdapter = (subject: ProcessorAdapterSubject): readonly Check[] =>
  staged({
    checks: CHECKS,
    stage: processorStage(subject),
    cleanUp: () => subject.faults.clear(),
  });

/**
 * Registers the checks of a processor adapter with a test runner. The author brings a fake or a sandbox of the processor that keeps books, breaks on request and signs
 * webhooks.
 *
 * ```ts
 * processorAdapterConformance({
 *   runner: { describe, it },
 *   id: 'acme',
 *   plugin: processorAcme({ origin: fake.origin, apiKey: KEY, webhookSecret: SECRET }),
 *   misconfigured: [processorAcme({ origin: 'nowhere' })],
 *   unreachable: processorAcme({ origin: fake.closedOrigin, apiKey: KEY, webhookSecret: SECRET }),
 *   secrets: [KEY, SECRET],
 *   paymentMethods: { succeeds: 'tok_ok', declines: 'tok_declined' },
 *   buyerPays: async ({ reference }) => fake.pay(reference),
 *   ledger: async (reference) => fake.movements(reference),
 *   faults: {
 *     loseNextAnswer: () => fake.breakAfterTheNextRequest(),
 *     holdNextAnswer: () => fake.holdTheNextRequest(),
 *     captureMore: (by) => fake.captureMore(by),
 *     clear: () => fake.behave(),
 *   },
 *   webhooks: {
 *     bodyOf: async (reference) => fake.eventAbout(reference),
 *     sign: ({ body, at = new Date(), secret = SECRET }) => ({ 'acme-signature': signature({ body, at, secret }) }),
 *     signatureHeader: 'acme-signature',
 *     otherSecret: 'another-secret',
 *   },
 * });
 * ```
 */
export const processorAdapterConformance = (options: ProcessorAdapterSubject & RunOptions): ConformanceReport =>
  register({ ...options, kind: 'processor_adapter', checks: checksForProcessorAdapter(options) });
