import { expect, it } from '@jest/globals';
import { PROCESSOR_ADAPTER, TAX_CALCULATOR } from '@payonce/plugin-sdk';
import type { Currency, ProcessorRoute, TaxCategory, TaxRoute } from '@payonce/plugin-sdk';
import { createRegistry } from './registry.js';
import { routeProblems } from './route-problems.js';

const registry = createRegistry();
const plugin = registry.by({ name: 'all', version: '1.0.0', contractVersion: 1 });
const answer = async (): Promise<never> => Promise.reject(new Error('not asked in this test'));
for (const [id, currencies] of [
  ['bank', ['CHF', 'EUR']],
  ['card', 'all'],
] as const)
  plugin.add(PROCESSOR_ADAPTER, {
    id,
    displayName: id,
    capabilities: {
      currencies,
      notFoundFinalAfterSeconds: 0,
      idempotencyKeyLifeSeconds: 60,
      minimumAmount: {},
      webhooks: false,
      paymentProvider: 'dodo',
    },
    createPayment: answer,
    retrievePayment: answer,
    cancel: answer,
    refund: answer,
    retrieveRefund: answer,
    parseWebhook: answer,
  });
for (const id of ['table', 'books']) plugin.add(TAX_CALCULATOR, { id, calculate: answer });

const ofProcessor = (live: ProcessorRoute) => routeProblems(registry, { processor: { live }, tax: 'table' });
const ofTax = (tax: TaxRoute) => routeProblems(registry, { processor: {}, tax });
const AT = 'routes.processor.live';

it('takes the short form, rules that end in one for everybody, and modes without a processor', () => {
  expect(ofProcessor('card')).toEqual([]);
  expect(ofProcessor([{ use: 'bank', currencies: ['CHF'], countries: ['CH'] }, { use: 'card' }])).toEqual([]);
  expect(ofProcessor([{ use: 'bank', currencies: ['EUR'] }])).toEqual([]);
  expect(ofTax({ rules: [{ use: 'books', categories: ['e_book'] }], fallback: 'table' })).toEqual([]);
});

it('refuses providers that are not there, and says which are', () => {
  expect(ofProcessor([{ use: 'cash' }])).toEqual([
    `${AT}.0.use: no plugin provides the processor_adapter 'cash'; there is 'bank', 'card'`,
  ]);
  expect(ofTax({ rules: [{ use: 'vat', countries: ['DE'] }], fallback: 'none' })).toEqual([
    "routes.tax.rules.0.use: no plugin provides the tax_calculator 'vat'; there is 'table', 'books'",
    "routes.tax.fallback: no plugin provides the tax_calculator 'none'; there is 'table', 'books'",
  ]);
});

it('refuses words that mean nothing', () => {
  const currencies = ['chf', 'toString'] as unknown as Currency[];
  expect(ofProcessor([{ use: 'card', currencies, countries: ['Switzerland'] }, { use: 'card' }])).toEqual([
    `${AT}.0.currencies: 'chf' is unknown: write it like 'CHF'`,
    `${AT}.0.currencies: 'toString' is unknown: write it like 'CHF'`,
    `${AT}.0.countries: 'Switzerland' is unknown: write it like 'CH'`,
  ]);
  const [line] = ofTax({ rules: [{ use: 'books', categories: ['books' as TaxCategory] }], fallback: 'table' });
  expect(line).toContain("routes.tax.rules.0.categories: 'books' is unknown: write it like 'digital_products'");
});

it('refuses empty lists, which look like everything and match nothing', () => {
  expect(ofProcessor([])).toEqual([`${AT} has no rules: name a processor, or leave it out`]);
  expect(ofProcessor([{ use: 'card', countries: [] }])).toEqual([
    `${AT}.0.countries is empty, so the rule matches nothing: leave it out to match everything`,
  ]);
});

it('refuses rules that can never match', () => {
  expect(ofProcessor([{ use: 'card' }, { use: 'bank', currencies: ['CHF'] }])).toEqual([
    `${AT}.1 can never match: the rules before it take everything; move it up, or take it out`,
  ]);
  const parts: ProcessorRoute = [
    { use: 'card', currencies: ['EUR'] },
    { use: 'bank', currencies: ['CHF'] },
    { use: 'card', currencies: ['CHF', 'EUR'], countries: ['CH'] },
    { use: 'card' },
  ];
  expect(ofProcessor(parts)).toEqual([
    `${AT}.2 can never match: the rules before it take everything; move it up, or take it out`,
  ]);
  expect(ofTax({ rules: [{ use: 'books' }], fallback: 'table' })).toEqual([
    'routes.tax.fallback can never match: the rules before it take everything; move it up, or take it out',
  ]);
});

it('refuses currencies that the processor does not take', () => {
  expect(ofProcessor([{ use: 'bank', currencies: ['CHF', 'JPY'] }])).toEqual([
    `${AT}.0.currencies: 'bank' does not take JPY: take it out of the rule`,
  ]);
});

it('refuses to leave buyers of other countries, or of none yet, without a processor', () => {
  expect(ofProcessor([{ use: 'bank', currencies: ['CHF'], countries: ['CH'] }])).toEqual([
    `${AT}.0 is for some countries only: add a rule without countries after it for everybody else who pays in CHF`,
  ]);
});
