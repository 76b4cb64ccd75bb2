import { expect, it } from '@jest/globals';
import { ago, took } from './durations.js';
import { moneyText } from './money-text.js';
import { table } from './table.js';

it('lines columns up and leaves no blanks at the ends', () => {
  const shown = table({
    headings: ['ID', 'STATE'],
    rows: [
      ['pay_longer', 'ok'],
      ['p', ''],
    ],
  });
  expect(shown).toBe('ID          STATE\npay_longer  ok\np');
});

it('tells a time in its largest unit', () => {
  const now = new Date('2030-01-02T00:00:00Z');
  const before = (milliseconds: number): string => ago(new Date(now.getTime() - milliseconds), now);
  expect([before(900), before(59_999), before(3_600_000), before(3 * 86_400_000), before(-5_000)]).toEqual([
    '0 s ago',
    '59 s ago',
    '1 h ago',
    '3 d ago',
    '0 s ago',
  ]);
  expect([took(34.6), took(999), took(1_240)]).toEqual(['35 ms', '999 ms', '1.2 s']);
});

it('writes amounts with as many decimals as the currency has', () => {
  const text = (amount: number, currency: string): string => moneyText({ amount, currency });
  expect([text(4410, 'EUR'), text(500, 'JPY'), text(1, 'XYZ')]).toEqual([
    '44.10 EUR',
    '500 JPY',
    '1 (minor units) XYZ',
  ]);
});
