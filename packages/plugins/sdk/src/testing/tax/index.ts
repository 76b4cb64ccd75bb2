import { staged } from '../check.js';
import type { Check } from '../check.js';
import { LOADING } from '../checks-of-all.js';
import type { ConformanceReport } from '../report.js';
import { register } from '../run.js';
import type { RunOptions } from '../run.js';
import { ANSWERS, caseChecks } from './answers.js';
import { GARBAGE, OUTAGES, TAX_LEAKS } from './failures.js';
import { RECORDS } from './records.js';
import { taxStage } from './stage.js';
import type { TaxCalculatorSubject } from './subject.js';

/** The checks as data, for whoever wants to run them without a test runner. */
export const checksForTaxCalculator = (subject: TaxCalculatorSubject): readonly Check[] =>
  staged({
    checks: [...LOADING, ...caseChecks(subject), ...ANSWERS, ...RECORDS, ...GARBAGE, ...OUTAGES, ...TAX_LEAKS],
    stage: taxStage(subject),
    cleanUp: () => subject.faults?.clear(),
  });

/**
 * Registers the checks of a tax calculator with a test runner.
 *
 * ```ts
 * taxCalculatorConformance({
 *   runner: { describe, it },
 *   id: 'tax-flat',
 *   plugin: taxFlat({ name: 'GST', rate: '10/100' }),
 *   misconfigured: [taxFlat({ rate: 'ten' })],
 *   secrets: [],
 *   cases: { 'an Australian buyer': { buyer: { country: 'AU', kind: 'consumer' }, rates: ['1/10'] } },
 * });
 * ```
 */
export const taxCalculatorConformance = (options: TaxCalculatorSubject & RunOptions): ConformanceReport =>
  register({ ...options, kind: 'tax_calculator', checks: checksForTaxCalculator(options) });
