import { describe, expect, it } from '@jest/globals';
import { CURRENCY_EXPONENTS, isCurrency } from '@payonce/plugin-sdk';
import { basisPointsText, dateText, minusText, priceText, rateText } from './price-text.js';

describe('an amount', () => {
  it('is shown in its currency, with the decimals of that currency', () => {
    expect(priceText({ amount: 1255, currency: 'EUR' })).toBe('€12.55');
    expect(priceText({ amount: 1255, currency: 'JPY' })).toBe('¥1,255');
    expect(priceText({ amount: 1255, currency: 'USD' })).toBe('$12.55');
    expect(priceText({ amount: 1255, currency: 'CAD' })).toBe('CA$12.55');
    expect(priceText({ amount: 12_345, currency: 'BHD' })).toContain('12.345');
  });

  it('is exact up to the largest amount, where floating-point numbers are not', () => {
    expect(priceText({ amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' })).toBe('€90,071,992,547,409.91');
    expect(priceText({ amount: Number.MAX_SAFE_INTEGER, currency: 'JPY' })).toBe('¥9,007,199,254,740,991');
  });

  it('has the decimals of our own table in every currency, whatever the machine believes', () => {
    for (const currency of Object.keys(CURRENCY_EXPONENTS).filter(isCurrency)) {
      const decimals = /\.(\d+)$/.exec(priceText({ amount: 123_456, currency }))?.[1] ?? '';
      expect({ currency, decimals: decimals.length }).toEqual({ currency, decimals: CURRENCY_EXPONENTS[currency] });
    }
  });

  it('shows what is taken off with a minus sign', () => {
    expect(minusText({ amount: 250, currency: 'EUR' })).toBe('−€2.50');
  });
});

describe('a rate', () => {
  it('is a percentage without more decimals than it has', () => {
    expect(rateText('19/100')).toBe('19%');
    expect(rateText('7/80')).toBe('8.75%');
    expect(rateText('0.09975')).toBe('9.975%');
    expect(rateText('0')).toBe('0%');
    expect(rateText('1/3')).toBe('33.3333%');
    expect(basisPointsText(1250)).toBe('12.5%');
  });
});

it('shows days in UTC, the same for everybody', () => {
  expect(dateText(new Date('2026-05-02T23:59:59Z'))).toBe('May 2, 2026');
});
