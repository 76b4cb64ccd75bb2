import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { CalculateTax, TaxBuyer, TaxCalculation, TaxCalculator, TaxSeller } from '@payonce/plugin-sdk';
import { taxCalculation } from '@payonce/plugin-sdk/schemas';
import { VERSION, taxTable } from './index.js';

async function calculator(options: unknown = {}): Promise<TaxCalculator> {
  const added: TaxCalculator[] = [];
  await taxTable(options).load({ add: (_, one) => void added.push(one as unknown as TaxCalculator) });
  const [first] = added;
  if (first === undefined) throw new Error('the plugin registered nothing');
  return first;
}

const question = (change: Partial<CalculateTax>): CalculateTax => ({
  seller: { business: 'bus_1', country: 'AT' },
  buyer: { country: 'DE', kind: 'consumer' },
  currency: 'EUR',
  date: '2026-11-23',
  lines: [{ id: 'line_0', product: 'pdt_1', category: 'digital_products', amount: 1999, inclusive: true }],
  idempotencyKey: 'pay_1:tax:1',
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mode: 'test',
  ...change,
});

const calculate = async (change: Partial<CalculateTax>, options?: unknown): Promise<TaxCalculation> =>
  taxCalculation.parse(await (await calculator(options)).calculate(question(change)));

/** How one line is taxed. */
const taxed = async ({
  buyer,
  seller = { business: 'bus_1', country: 'AT' },
  options,
}: {
  buyer: TaxBuyer;
  seller?: TaxSeller;
  options?: unknown;
}) => {
  const { lines, notices } = await calculate({ buyer, seller }, options);
  return { reason: lines[0]?.reason, rates: lines[0]?.taxes.map(({ rate }) => rate), notices };
};

const business = (country: string, taxId: string): TaxBuyer => ({ country, taxId, kind: 'business' });

it('answers each line with the rate of its category in the country of the buyer', async () => {
  const line = { product: 'pdt_1', amount: 1000, inclusive: false } as const;
  const answer = await calculate({
    lines: [
      { ...line, id: 'a', category: 'saas' },
      { ...line, id: 'b', category: 'e_book' },
    ],
  });
  expect(answer).toEqual({
    lines: [
      {
        line: 'a',
        taxes: [{ name: 'MwSt.', rate: '19/100', jurisdiction: 'DE', reason: 'standard' }],
        reason: 'standard',
      },
      {
        line: 'b',
        taxes: [{ name: 'MwSt.', rate: '7/100', jurisdiction: 'DE', reason: 'reduced' }],
        reason: 'reduced',
      },
    ],
  });
});

it('says that nothing is known of a country that is not listed', async () => {
  expect(await taxed({ buyer: { country: 'KE', kind: 'consumer' } })).toEqual({
    reason: 'out_of_scope',
    rates: [],
    notices: ['No tax was computed: the tax table has no rates for KE. Tax may be due there all the same.'],
  });
});

it('says why Brazil is left out', async () => {
  const { reason, notices } = await taxed({ buyer: { country: 'BR', kind: 'consumer' } });
  expect(reason).toBe('out_of_scope');
  expect(notices?.join()).toContain('has no rates for BR (Brazil taxes digital goods by ISS');
});

it('leaves the tax to a business in another country', async () => {
  expect(await taxed({ buyer: business('DE', 'DE136695976') })).toEqual({
    reason: 'reverse_charge',
    rates: ['0'],
    notices: undefined,
  });
});

it('leaves the tax to a business abroad also where the seller is not registered', async () => {
  expect(await taxed({ buyer: business('DE', 'DE136695976'), options: { registrations: ['AT'] } })).toMatchObject({
    reason: 'reverse_charge',
  });
});

it('charges a business in the country of the seller', async () => {
  expect(await taxed({ buyer: business('AT', 'ATU13585627') })).toEqual({
    reason: 'standard',
    rates: ['20/100'],
    notices: undefined,
  });
});

it('charges a business whose tax id cannot be one of its country, and says so without repeating it', async () => {
  const answer = await taxed({ buyer: business('DE', 'FR40303265045') });
  expect(answer).toMatchObject({
    reason: 'standard',
    notices: ['The tax id was not used: it does not look like a VAT number of DE.'],
  });
});

it('charges a business while the country of the seller is unknown, and says so', async () => {
  const answer = await taxed({ buyer: business('DE', 'DE136695976'), seller: { business: 'bus_1' } });
  expect(answer).toMatchObject({
    reason: 'standard',
    notices: ['The tax id was not used: the country of the seller is not set.'],
  });
});

it('charges a consumer whatever else is known', async () => {
  expect(await taxed({ buyer: { country: 'DE', kind: 'consumer', taxId: 'DE136695976' } })).toMatchObject({
    reason: 'standard',
  });
});

it('charges nothing where the seller is not registered', async () => {
  const options = { registrations: ['EU'] };
  expect(await taxed({ buyer: { country: 'GB', kind: 'consumer' }, options })).toEqual({
    reason: 'not_registered',
    rates: [],
    notices: undefined,
  });
  expect(await taxed({ buyer: { country: 'GR', kind: 'consumer' }, options })).toMatchObject({
    reason: 'standard',
    rates: ['24/100'],
  });
});

it('gives the reason that a row of the merchant gives', async () => {
  const exempt = {
    jurisdiction: 'DE',
    category: 'edtech',
    rate: '0',
    name: 'MwSt.',
    from: '2026-01-01',
    to: null,
    reason: 'exempt',
    source: 'UStG § 4 no. 21',
    checked: '2026-11-23',
  };
  const lines = [{ id: 'a', product: 'pdt_1', category: 'edtech', amount: 1000, inclusive: false }] as const;
  const answer = await calculate({ lines }, { overrides: [exempt] });
  expect(answer.lines).toMatchObject([{ reason: 'exempt', taxes: [{ rate: '0', reason: 'exempt' }] }]);
});

it('refuses to guess for a day that it does not cover', async () => {
  await expect(calculate({ date: '2023-12-31' })).rejects.toMatchObject({ code: 'tax_date_not_covered' });
});

it('answers the same question the same way', async () => {
  const one = await calculator();
  await expect(one.calculate(question({}))).resolves.toEqual(await one.calculate(question({})));
});

it('has the version of its package', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(manifest.version);
});

it('charges a business in Monaco that buys in France, as one country: nothing is left to it', async () => {
  const seller = { business: 'bus_1', country: 'MC' };
  expect(await taxed({ buyer: business('FR', 'FR40303265045'), seller })).toMatchObject({
    reason: 'standard',
    rates: ['20/100'],
  });
});

it('refuses what a country may tax otherwise than its standard rate, until it is decided', async () => {
  const lines = [{ id: 'line_0', product: 'pdt_1', category: 'e_book', amount: 1000, inclusive: true }] as const;
  const danish = { buyer: { country: 'DK', kind: 'consumer' }, lines } as const;
  await expect(calculate(danish)).rejects.toMatchObject({
    code: 'tax_rate_unverified',
    message: expect.stringContaining("{ jurisdiction: 'DK', category: 'e_book', rate, … }"),
  });
  const row = { jurisdiction: 'DK', category: 'e_book', rate: '0', name: 'moms', from: '2026-01-01', to: null };
  const overrides = [{ ...row, source: 'our adviser', checked: '2026-11-23' }];
  expect((await calculate(danish, { overrides })).lines[0]?.taxes).toMatchObject([{ rate: '0' }]);
  expect((await calculate(danish, { registrations: ['DE'] })).lines[0]?.reason).toBe('not_registered');
});

it('says that it does not know the taxes of the islands of the US', async () => {
  const answer = await taxed({ buyer: { country: 'US', postcode: '00901', kind: 'consumer' } });
  expect(answer).toMatchObject({ reason: 'out_of_scope', notices: [expect.stringContaining('Puerto Rico')] });
  const forces = await taxed({ buyer: { country: 'US', state: 'AE', kind: 'consumer' } });
  expect(forces).toMatchObject({ reason: 'out_of_scope', notices: undefined });
});
