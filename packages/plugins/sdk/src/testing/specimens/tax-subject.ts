import { RetryableError } from '../../errors.js';
import { TAX_CALCULATOR } from '../../plugin.js';
import type { TaxCalculation, TaxCalculator } from '../../tax.js';
import type { TaxCalculatorSubject } from '../tax/subject.js';
import { untilAborted } from './books.js';
import { configuredWith } from './configured.js';

export const TAX_SECRET = 'key-of-the-tax-service';

/** A tax service in memory: what it has on record, and what goes wrong next. */
export interface TaxService {
  readonly records: string[];
  fault: 'lose' | 'hold' | undefined;
}

/** Makes a good calculator bad. */
export type SpoilTax = (good: TaxCalculator, service: TaxService) => Partial<TaxCalculator>;

/** One rate everywhere in the European Union, from a service in memory. */
const memoryCalculator = (service: TaxService): TaxCalculator => ({
  id: 'memory-tax',
  async calculate({ buyer, lines, signal }): Promise<TaxCalculation> {
    await answered(service, signal);
    const due = { name: 'VAT', rate: '19/100', jurisdiction: 'DE', reason: 'standard' } as const;
    return buyer.country === 'DE'
      ? { lines: lines.map(({ id }) => ({ line: id, taxes: [due], reason: 'standard' })) }
      : { lines: lines.map(({ id }) => ({ line: id, taxes: [], reason: 'out_of_scope' })) };
  },
  async commit({ payment, signal }) {
    if (!service.records.includes(payment)) service.records.push(payment);
    await answered(service, signal);
  },
  async void({ payment, signal }) {
    service.records.splice(0, service.records.length, ...service.records.filter((known) => known !== payment));
    await answered(service, signal);
  },
});

async function answered(service: TaxService, signal: AbortSignal): Promise<void> {
  const { fault } = service;
  service.fault = undefined;
  const problem = { code: 'no_answer', message: 'the tax service did not answer' };
  if (fault === 'lose') throw new RetryableError(problem);
  if (fault === 'hold')
    await untilAborted(signal).catch((cause: unknown) => Promise.reject(new RetryableError({ ...problem, cause })));
}

/** The calculator on trial. */
export function taxSubject(spoil: SpoilTax = () => ({})): TaxCalculatorSubject {
  const service: TaxService = { records: [], fault: undefined };
  const good = memoryCalculator(service);
  const calculator = { ...good, ...spoil(good, service) };
  return {
    id: 'memory-tax',
    plugin: configuredWith((registry) => registry.add(TAX_CALCULATOR, calculator)),
    misconfigured: [configuredWith(() => {}, { rate: 'ten' })],
    secrets: [TAX_SECRET],
    deadlineMs: 300,
    cases: {
      'a German buyer': { buyer: { country: 'DE', kind: 'consumer' }, rates: ['0.19'], reason: 'standard' },
      'a buyer elsewhere': { buyer: { country: 'US', kind: 'consumer' }, rates: [] },
    },
    faults: {
      loseNextAnswer: () => void (service.fault = 'lose'),
      holdNextAnswer: () => void (service.fault = 'hold'),
      clear: () => void (service.fault = undefined),
    },
    recordsOf: (payment) => service.records.filter((known) => known === payment).length,
  };
}
