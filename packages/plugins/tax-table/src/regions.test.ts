import { expect, it } from '@jest/globals';
import { TAX_CATEGORIES } from '@payonce/plugin-sdk';
import type { CalculateTax, TaxBuyer, TaxCalculation, TaxCalculator, TaxCategory } from '@payonce/plugin-sdk';
import { taxCalculation } from '@payonce/plugin-sdk/schemas';
import fc from 'fast-check';
import { CA_PROVINCES, US_STATES } from './data/regions.js';
import { taxTable } from './index.js';

async function calculator(options: unknown): Promise<TaxCalculator> {
  const added: TaxCalculator[] = [];
  await taxTable(options).load({ add: (_, one) => void added.push(one as unknown as TaxCalculator) });
  const [first] = added;
  if (first === undefined) throw new Error('the plugin registered nothing');
  return first;
}

interface Sale {
  readonly buyer: Omit<TaxBuyer, 'kind'>;
  readonly registrations: readonly string[];
  readonly category?: TaxCategory;
  readonly seller?: string;
  readonly overrides?: readonly object[];
  readonly businesses?: object;
  readonly date?: string;
}

const question = ({ buyer, category = 'saas', seller = 'AT', date = '2026-11-23' }: Sale): CalculateTax => ({
  seller: { business: 'bus_1', country: seller },
  buyer: { ...buyer, kind: buyer.taxId === undefined ? 'consumer' : 'business' },
  currency: 'USD',
  date,
  lines: [{ id: 'line_0', product: 'pdt_1', category, amount: 1000, inclusive: false }],
  idempotencyKey: 'pay_1:tax:1',
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mode: 'test',
});

async function calculate(sale: Sale): Promise<TaxCalculation> {
  const { registrations, overrides = [], businesses = {} } = sale;
  const one = await calculator({ registrations, overrides, businesses });
  return taxCalculation.parse(await one.calculate(question(sale)));
}

/** How the line is taxed, as texts. */
async function taxed(sale: Sale): Promise<{ reason: string | undefined; taxes: readonly string[] }> {
  const { lines } = await calculate(sale);
  const taxes = lines[0]?.taxes.map(
    ({ name, jurisdiction, rate, reason }) => `${name} ${jurisdiction} ${rate} ${reason}`,
  );
  return { reason: lines[0]?.reason, taxes: taxes ?? [] };
}

const STATE_ONLY = 'Sales tax of the state only: what counties, cities and districts add is not included.';

it('charges in a state where the seller is registered, and says that it is the state only', async () => {
  const answer = await calculate({ buyer: { country: 'US', state: 'WA' }, registrations: ['US-WA'] });
  expect(answer.lines[0]?.taxes).toEqual([
    { name: 'Sales tax', rate: '65/1000', jurisdiction: 'US-WA', reason: 'standard' },
  ]);
  expect(answer.notices).toEqual([STATE_ONLY]);
});

it('taxes four fifths of the price where the law does', async () => {
  const { taxes } = await taxed({ buyer: { country: 'US', state: 'TX' }, registrations: ['US-TX'] });
  expect(taxes).toEqual(['Sales tax US-TX 2500/50000 standard']);
});

it.each([[['all']], [['US-TX']], [['EU-OSS', 'GB']], [[]]])(
  'charges nothing in a state that is not among the registrations %j',
  async (registrations) => {
    expect(await taxed({ buyer: { country: 'US', state: 'NY' }, registrations })).toEqual({
      reason: 'not_registered',
      taxes: [],
    });
  },
);

it('charges nothing in states that levy none, wherever the seller is registered', async () => {
  for (const state of ['OR', 'MT', 'NH', 'DE', 'AK'])
    expect(await taxed({ buyer: { country: 'US', state }, registrations: ['US-TX'] })).toEqual({
      reason: 'out_of_scope',
      taxes: [],
    });
});

it('refuses to charge by a cell that was not verified, and says how to decide it', async () => {
  const sale: Sale = { buyer: { country: 'US', state: 'TX' }, registrations: ['US-TX'], category: 'live_tutoring' };
  await expect(calculate(sale)).rejects.toMatchObject({
    code: 'tax_rate_unverified',
    message:
      "how US-TX taxes 'live_tutoring' was not verified. Decide it by a row in 'overrides': { jurisdiction: 'US-TX', category: 'live_tutoring', rate, … }",
  });
});

it('says what a cell depends on when it was looked at', async () => {
  const sale: Sale = { buyer: { country: 'US', state: 'NY' }, registrations: ['US-NY'], category: 'digital_products' };
  await expect(calculate(sale)).rejects.toThrow('is not decided by its category: software is taxed however');
});

const override = {
  jurisdiction: 'US-TX',
  category: 'live_tutoring',
  rate: '0',
  name: 'Sales tax',
  from: '2026-01-01',
  to: null,
  reason: 'exempt',
  source: 'our adviser',
  checked: '2026-11-23',
};

it('charges by the row of the merchant instead, from its day on', async () => {
  const sale: Sale = {
    buyer: { country: 'US', state: 'TX' },
    registrations: ['US-TX'],
    category: 'live_tutoring',
    overrides: [override],
  };
  expect(await taxed(sale)).toEqual({ reason: 'exempt', taxes: ['Sales tax US-TX 0 exempt'] });
  await expect(calculate({ ...sale, date: '2025-12-31' })).rejects.toMatchObject({ code: 'tax_date_not_covered' });
});

it('asks for the state when it decides and the address does not tell it', async () => {
  const buyer = { country: 'US', state: '?' };
  await expect(calculate({ buyer, registrations: ['US-TX'] })).rejects.toMatchObject({ code: 'tax_region_missing' });
  expect(await taxed({ buyer, registrations: ['EU'] })).toEqual({ reason: 'not_registered', taxes: [] });
  expect(await taxed({ buyer, registrations: ['all'] })).toEqual({ reason: 'not_registered', taxes: [] });
});

it.each([
  ['ON', ['CA'], ['HST CA-ON 13/100 standard']],
  ['NS', ['CA'], ['HST CA-NS 14/100 standard']],
  ['AB', ['all'], ['GST CA 5/100 standard']],
  ['QC', ['CA'], ['GST CA 5/100 standard']],
  ['QC', ['CA', 'CA-QC'], ['GST CA 5/100 standard', 'QST CA-QC 9975/100000 standard']],
  ['QC', ['CA-QC'], ['QST CA-QC 9975/100000 standard']],
  ['SK', ['CA', 'CA-SK'], ['GST CA 5/100 standard', 'PST CA-SK 6/100 standard']],
  ['MB', ['CA', 'CA-MB'], ['GST CA 5/100 standard', 'RST CA-MB 7/100 standard']],
])('charges in %s under %j: %j', async (state, registrations, taxes) => {
  expect(await taxed({ buyer: { country: 'CA', state }, registrations })).toEqual({ reason: 'standard', taxes });
});

it('charges federal tax alone on an e-book in British Columbia', async () => {
  const sale: Sale = {
    buyer: { country: 'CA', postcode: 'V6B 1A1' },
    registrations: ['CA', 'CA-BC'],
    category: 'e_book',
  };
  expect(await taxed(sale)).toEqual({
    reason: 'standard',
    taxes: ['GST CA 5/100 standard', 'PST CA-BC 0 exempt'],
  });
});

const canadian = { country: 'CA', state: 'QC', taxId: '123026635RT0001' };

it('charges a Canadian business under a normal registration, and not under the simplified one', async () => {
  expect(await taxed({ buyer: canadian, registrations: ['CA'] })).toMatchObject({ reason: 'standard' });
  expect(await taxed({ buyer: canadian, registrations: ['CA-SIMPLIFIED', 'CA-QC'] })).toEqual({
    reason: 'standard',
    taxes: ['GST CA 0 reverse_charge', 'QST CA-QC 9975/100000 standard'],
  });
});

it.each([
  ['GB', 'XI980780684', ['GB'], 'reverse_charge'],
  ['NO', '995525828MVA', ['NO'], 'reverse_charge'],
  ['AU', '51824753556', [], 'reverse_charge'],
  ['CH', 'CHE107787577MWST', [], 'reverse_charge'],
  ['CH', 'CHE107787577MWST', ['CH'], 'standard'],
  ['ZA', '4340124543', ['ZA'], 'standard'],
  ['AE', '100000000000003', ['AE'], 'standard'],
  ['IN', '27AAPFU0939F1ZV', ['all'], 'reverse_charge'],
])('treats a business in %s with the number %s under %j: %s', async (country, taxId, registrations, reason) => {
  expect(await taxed({ buyer: { country, taxId }, registrations })).toMatchObject({ reason });
});

it('says why a number of the Emirates changes nothing', async () => {
  const { notices } = await calculate({ buyer: { country: 'AE', taxId: '100000000000003' }, registrations: ['AE'] });
  expect(notices).toEqual(['The tax id was not used: tax ids of AE cannot be checked.']);
});

it("follows the merchant's own rule for the businesses of a country", async () => {
  const sale: Sale = { buyer: { country: 'ZA', taxId: '4340124543' }, registrations: ['ZA'] };
  expect(await taxed({ ...sale, businesses: { ZA: 'reverse_charge' } })).toMatchObject({ reason: 'reverse_charge' });
});

it('charges nothing in territories to which the tax does not extend, and says so', async () => {
  const answer = await calculate({ buyer: { country: 'ES', postcode: '35001' }, registrations: ['EU'] });
  expect(answer.lines[0]).toEqual({ line: 'line_0', taxes: [], reason: 'out_of_scope' });
  expect(answer.notices?.join()).toContain('does not cover the Canary Islands');
});

it('charges in Monaco as in France', async () => {
  expect(await taxed({ buyer: { country: 'MC', postcode: '98000' }, registrations: ['FR'] })).toEqual({
    reason: 'standard',
    taxes: ['TVA FR 20/100 standard'],
  });
});

const PLACES = [
  ...Object.keys(US_STATES).map((state) => ({ country: 'US', state })),
  ...Object.keys(CA_PROVINCES).map((state) => ({ country: 'CA', state })),
];

it('charges in no state or province beyond what its own rows say, whatever the registrations', async () => {
  const names = ['all', 'CA', 'CA-BC', 'CA-QC', 'CA-SK', 'CA-MB', 'US-TX', 'US-NY', 'US-PA', 'US-CA', 'US-WA'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PLACES),
      fc.subarray(names),
      fc.constantFrom(...TAX_CATEGORIES),
      async (buyer, registrations, category) => {
        const sale = calculate({ buyer, registrations, category });
        const refused = await sale.then(
          () => 'tax_rate_unverified',
          (error: { code?: string }) => error.code,
        );
        expect(refused).toBe('tax_rate_unverified');
        const lines = await sale.then(
          (answer) => answer.lines,
          () => [],
        );
        const levied = lines.flatMap(({ taxes }) => taxes.map(({ jurisdiction }) => jurisdiction));
        const allowed = [...registrations, 'CA', 'CA-ON', 'CA-NB', 'CA-NL', 'CA-NS', 'CA-PE'];
        expect(levied.filter((jurisdiction) => !allowed.includes(jurisdiction))).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
});
