/** The conformance kit: what every plugin promises, tried out with one call under jest or node:test. */
export { resultOf } from './check.js';
export type { Check, CheckResult, NotSupported } from './check.js';
export { ConformanceError } from './ensure.js';
export { checksForFulfillmentProvider, fulfillmentProviderConformance } from './fulfillment/index.js';
export type {
  ActionTrial,
  FreshStock,
  FulfillmentProviderSubject,
  LimitedGoods,
  OutsideProbe,
  SoldGrant,
} from './fulfillment/subject.js';
export { checksForProcessorAdapter, processorAdapterConformance } from './processor/index.js';
export type { Movement, ProcessorAdapterSubject, ProcessorFaults, WebhookFixture } from './processor/subject.js';
export { memoryHost } from './memory-host.js';
export { mortalHost } from './mortal-host.js';
export type { Death, MortalHost } from './mortal-host.js';
export { reportOf } from './report.js';
export type { ConformanceReport, ConformanceReportJson } from './report.js';
export type { RunOptions, TestRunner } from './run.js';
export type { PluginSource, Subject } from './subject.js';
export { checksForTaxCalculator, taxCalculatorConformance } from './tax/index.js';
export type { TaxCalculatorSubject, TaxCase, TaxFaults } from './tax/subject.js';
