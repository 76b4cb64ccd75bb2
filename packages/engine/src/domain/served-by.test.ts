import { describe, expect, it } from '@jest/globals';
import type { Routes } from '@payonce/plugin-sdk';
import { calculatorsOf, processorOf, processorsOf, routesFor, taxShares } from './served-by.js';

const ROUTES: Routes = {
  processor: {
    test: 'sandbox',
    live: [
      { use: 'manual', currencies: ['CHF'], countries: ['CH', 'LI'] },
      { use: 'twint', currencies: ['CHF'] },
      { use: 'stripe', currencies: ['EUR', 'CHF'] },
    ],
  },
  tax: {
    rules: [
      { use: 'books', categories: ['e_book'] },
      { use: 'swiss', countries: ['CH'] },
    ],
    fallback: 'table',
  },
};
const BOOK = { id: 'line_0', category: 'e_book' } as const;
const FONT = { id: 'line_1', category: 'digital_products' } as const;
const live = (currency: 'CHF' | 'EUR' | 'USD') => routesFor({ routes: ROUTES, mode: 'live', currency, lines: [FONT] });

describe('who takes the money', () => {
  it('is the first rule that fits the currency and the country of the buyer', () => {
    const routes = live('CHF');
    expect(['CH', 'LI', 'DE'].map((country) => processorOf(routes, country))).toEqual(['manual', 'manual', 'twint']);
    expect(processorOf(live('EUR'), 'CH')).toBe('stripe');
  });

  it('is the first rule without countries as long as nobody knows where the buyer is', () => {
    expect(processorOf(live('CHF'), null)).toBe('twint');
  });

  it('counts only whom the currency can reach', () => {
    expect(processorsOf(live('CHF'))).toEqual(['manual', 'twint']);
    expect(live('EUR')).toEqual({ processor: 'stripe', taxCalculator: 'table', taxRules: [ROUTES.tax].flatMap(swiss) });
  });

  it('is nobody for a currency that no rule takes, and for a mode without a route', () => {
    expect(() => live('USD')).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_CURRENCY' }));
    const closed = { routes: { ...ROUTES, processor: {} }, mode: 'live', currency: 'EUR', lines: [] } as const;
    expect(() => routesFor(closed)).toThrow('name one as routes.processor.live');
  });

  it('is one for everything in the short form', () => {
    const routes = routesFor({ routes: { ...ROUTES, tax: 'flat' }, mode: 'test', currency: 'JPY', lines: [BOOK] });
    expect(routes).toEqual({ processor: 'sandbox', taxCalculator: 'flat' });
  });
});

describe('who knows the tax', () => {
  const servedBy = routesFor({ routes: ROUTES, mode: 'test', currency: 'EUR', lines: [BOOK, FONT] });

  it('is decided line by line, by category and country', () => {
    expect(taxShares({ servedBy, country: 'CH', lines: [BOOK, FONT] })).toEqual([
      { calculator: 'books', lines: [BOOK] },
      { calculator: 'swiss', lines: [FONT] },
    ]);
    expect(taxShares({ servedBy, country: 'DE', lines: [FONT, BOOK, FONT] })).toEqual([
      { calculator: 'table', lines: [FONT, FONT] },
      { calculator: 'books', lines: [BOOK] },
    ]);
  });

  it('counts only whom the cart can reach', () => {
    expect(calculatorsOf(servedBy)).toEqual(['books', 'swiss', 'table']);
    expect(calculatorsOf(live('EUR'))).toEqual(['swiss', 'table']);
  });
});

const swiss = (route: Routes['tax']) =>
  typeof route === 'string' ? [] : route.rules.filter(({ use }) => use === 'swiss');
