import { describe, expect, it } from '@jest/globals';
import type { CartLine } from '@payonce/engine/domain';
import { priceCart, priceWithoutTax } from '@payonce/engine/domain';
import type { LineTax, TaxReason } from '@payonce/plugin-sdk';
import { summarize } from './summary.js';

const line = (part: Partial<CartLine> = {}): CartLine => ({
  id: 'line_0',
  product: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
  name: 'Brushes',
  description: null,
  image: null,
  category: 'digital_products',
  quantity: 1,
  unitPrice: 1000,
  discountBps: 0,
  taxInclusive: false,
  entitlements: [],
  ...part,
});

const VAT: LineTax = { name: 'VAT', rate: '19/100', jurisdiction: 'DE', reason: 'standard' };

const summary = (lines: readonly CartLine[], taxes: readonly LineTax[], reason: TaxReason = 'standard') =>
  summarize({
    session: { lines },
    quote: priceCart({ currency: 'EUR', lines, tax: { lines: lines.map(({ id }) => ({ line: id, taxes, reason })) } }),
    tax: { known: true },
  });

describe('the lines of an order', () => {
  it('show quantity and unit price, and the struck price beside the discount', () => {
    const { lines } = summary([line({ quantity: 3, discountBps: 2500 })], [VAT]);
    expect(lines[0]).toMatchObject({ quantity: '3 × €10.00', amount: '€22.50', was: '€30.00', off: '25% off' });
  });

  it('leave quantity and discount out when there is one unit at full price', () => {
    expect(summary([line()], [VAT]).lines[0]).toMatchObject({ quantity: null, amount: '€10.00', was: null, off: null });
  });
});

describe('the sums of an order', () => {
  it('name the tax by who levies it, and add up', () => {
    const { rows, total } = summary([line({ quantity: 3, discountBps: 2500 })], [VAT]);
    expect(rows).toEqual([
      { label: 'Subtotal', amount: '€30.00' },
      { label: 'Discount', amount: '−€7.50' },
      { label: 'VAT Germany 19%', amount: '€4.28' },
    ]);
    expect(total).toBe('€26.78');
  });

  it('add the same tax of several lines up, and keep different ones apart', () => {
    const state: LineTax = { name: 'Sales tax', rate: '0.0725', jurisdiction: 'US-CA', reason: 'standard' };
    const city: LineTax = { name: 'District tax', rate: '0.01', jurisdiction: 'US-CA', reason: 'standard' };
    const { rows } = summary([line(), line({ id: 'line_1' })], [state, city]);
    expect(rows.slice(1)).toEqual([
      { label: 'Sales tax California 7.25%', amount: '€1.46' },
      { label: 'District tax California 1%', amount: '€0.20' },
    ]);
  });

  it('say that a tax is included where the price has it inside', () => {
    const { rows, total } = summary([line({ unitPrice: 1190, taxInclusive: true })], [VAT]);
    expect(rows.at(-1)).toEqual({ label: 'VAT Germany 19%, included', amount: '€1.90' });
    expect(total).toBe('€11.90');
  });

  it('say why there is no tax when the buyer accounts for it', () => {
    expect(summary([line()], [], 'reverse_charge').rows.at(-1)).toEqual({
      label: 'Tax, reverse charge',
      amount: '€0.00',
    });
    const zero: LineTax = { ...VAT, rate: '0', reason: 'reverse_charge' };
    expect(summary([line()], [zero], 'reverse_charge').rows.at(-1)?.label).toBe('VAT Germany 0%, reverse charge');
    expect(summary([line()], [], 'not_registered').rows.at(-1)).toEqual({ label: 'Tax', amount: '€0.00' });
  });

  it('put a word in place of a tax that is not known yet', () => {
    const lines = [line()];
    const shown = summarize({
      session: { lines },
      quote: priceWithoutTax({ currency: 'EUR', lines }),
      tax: { known: false, instead: 'Choose your country' },
    });
    expect(shown.rows.at(-1)).toEqual({ label: 'Tax', amount: 'Choose your country' });
  });

  it('are said in one sentence after a change', () => {
    expect(summary([line()], [VAT]).spoken).toBe('Total €11.90. VAT Germany 19%: €1.90');
  });
});
