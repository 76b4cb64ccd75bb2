import { expect, it } from '@jest/globals';
import type { CalculateTax, TaxCalculation } from '@payonce/plugin-sdk';
import type { Asked } from './asked.js';
import { calculateTax } from './calculate-tax.js';

const line = (id: string, category: 'e_book' | 'saas') => ({
  id,
  product: 'pdt_1',
  category,
  amount: 100,
  inclusive: true,
});
const asked: Asked<CalculateTax> = {
  seller: { business: 'bus_1' },
  buyer: { country: 'DE', kind: 'consumer' },
  currency: 'EUR',
  date: '2026-11-23',
  lines: [line('line_0', 'saas'), line('line_1', 'e_book'), line('line_2', 'saas')],
  idempotencyKey: 'pay_1:tax:1',
  mode: 'test',
};
const servedBy = { taxCalculator: 'table', taxRules: [{ use: 'books', categories: ['e_book'] }] } as const;

/** Calculators that say who answered, in the name of the tax. */
function calculators(failing?: string) {
  const calls: string[] = [];
  const tax = (id: string) => ({
    async calculate({ lines }: Asked<CalculateTax>): Promise<TaxCalculation> {
      calls.push(`${id} ${lines.map((each) => each.id).join(' ')}`);
      if (id === failing) throw new Error(`${id} is away`);
      const taxes = [{ name: id, rate: '1/10', jurisdiction: 'DE', reason: 'standard' as const }];
      return { lines: lines.map((each) => ({ line: each.id, taxes, reason: 'standard' })), notices: ['ask us', id] };
    },
  });
  return { tax, calls };
}

it('asks each calculator once, about its own lines, and answers all of them', async () => {
  const plugins = calculators();
  const { lines, notices } = await calculateTax({ plugins, servedBy, asked });
  expect(plugins.calls).toEqual(['table line_0 line_2', 'books line_1']);
  expect(Object.fromEntries(lines.map((each) => [each.line, each.taxes[0]?.name]))).toEqual({
    line_0: 'table',
    line_1: 'books',
    line_2: 'table',
  });
  expect(notices).toEqual(['ask us', 'table', 'books']);
});

it('prices nothing when one of them fails', async () => {
  await expect(calculateTax({ plugins: calculators('books'), servedBy, asked })).rejects.toThrow('books is away');
});
