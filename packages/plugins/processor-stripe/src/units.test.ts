import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CURRENCY_EXPONENTS, isCurrency } from '@payonce/plugin-sdk';
import type { Currency, ProcessorAdapter } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import fc from 'fast-check';
import { TEST_KEYS, adapterFor, callFor, failure, newPayment, refOf } from './testing/bench.js';
import { startFakeStripe } from './testing/fake-stripe.js';
import type { FakeStripe } from './testing/fake-stripe.js';
import { STRIPE_CURRENCIES, STRIPE_MINIMUMS, fromStripeAmount, toStripeAmount } from './units.js';

let fake: FakeStripe;
let adapter: ProcessorAdapter;

beforeAll(async () => {
  fake = await startFakeStripe(TEST_KEYS);
  adapter = await adapterFor({ fake, host: memoryHost() });
});

afterAll(() => fake.close());

const OURS = Object.keys(CURRENCY_EXPONENTS).filter(isCurrency);
const UNKNOWN_TO_STRIPE: readonly Currency[] = [
  ...(['BGN', 'CUP', 'GHS', 'HRK', 'IQD', 'LYD', 'MRU', 'SLL', 'SSP', 'STN', 'SVC', 'VES'] as const),
];
/** What 1,000 whole units are in Stripe's amounts, where that is not 1,000 and the decimals of ISO 4217. */
const THOUSAND: Readonly<Partial<Record<Currency, number>>> = { MGA: 1_000, UGX: 100_000 };

it('takes every currency of ours that Stripe charges, and no other', () => {
  expect(OURS.filter((code) => !STRIPE_CURRENCIES.includes(code))).toEqual(UNKNOWN_TO_STRIPE);
  expect(STRIPE_CURRENCIES).toHaveLength(OURS.length - UNKNOWN_TO_STRIPE.length);
  expect(Object.keys(STRIPE_MINIMUMS).filter((code) => !STRIPE_CURRENCIES.some((known) => known === code))).toEqual([]);
});

describe.each(STRIPE_CURRENCIES)('%s', (currency) => {
  const whole = 10 ** CURRENCY_EXPONENTS[currency];

  it('is counted as Stripe counts it', () => {
    const amount = THOUSAND[currency] ?? 1_000 * whole;
    expect(toStripeAmount({ amount: 1_000 * whole, currency })).toEqual({ amount, currency: currency.toLowerCase() });
  });

  it('is charged, looked up and refunded to the unit', async () => {
    const amount = { amount: 123_400 * whole, currency };
    const request = newPayment({ amount, paymentMethod: 'pm_card_visa' });
    const { reference } = request;
    const result = await adapter.createPayment(request);
    expect(result).toMatchObject({ status: 'succeeded', captured: amount });
    const payment = { reference, processorRef: refOf(result) };
    expect(await adapter.retrievePayment(callFor(payment))).toMatchObject({ captured: amount });
    const back = callFor({ reference: `ref_${currency}`, payment, amount: { amount: 100 * whole, currency } });
    expect(await adapter.refund(back)).toMatchObject({ status: 'succeeded', refunded: back.amount });
    expect(fake.movements(reference)).toEqual([{ kind: 'charge', amount }]);
    expect(fake.movements(back.reference)).toEqual([{ kind: 'refund', amount: back.amount }]);
  });

  it('gives every amount back as it was, or refuses it', () => {
    fc.assert(
      fc.property(fc.nat(), (amount) => {
        const theirs = ofStripe(amount, currency);
        expect(theirs && fromStripeAmount(theirs)).toEqual(theirs && { amount, currency });
      }),
      { numRuns: 200 },
    );
  });
});

function ofStripe(amount: number, currency: Currency) {
  try {
    return toStripeAmount({ amount, currency });
  } catch {
    return undefined;
  }
}

it.each([
  ['MGA', 12_345, 'tenths of an ariary'],
  ['KWD', 5_124, 'a last digit that is not 0'],
  ['EUR', 49, 'less than the minimum'],
  ['HUF', 17_499, 'less than the minimum'],
  ['GHS', 1_000, 'a currency that Stripe does not charge'],
  ['USD', 1_000_000_000_000, 'more digits than Stripe takes'],
] as const)('refuses %s %i, which is %s, and asks nothing', async (currency, amount, _which) => {
  const before = fake.asked.length;
  const call = adapter.createPayment(newPayment({ amount: { amount, currency }, paymentMethod: 'pm_card_visa' }));
  expect(await failure(call)).toBe('permanent amount_not_chargeable');
  expect(fake.asked.length).toBe(before);
});

it.each([
  ['ugx', 150],
  ['xcg', 100],
  ['eur', 0.5],
])('leaves the outcome open when Stripe tells of %s %d, which we could not have asked for', (currency, amount) => {
  expect(() => fromStripeAmount({ amount, currency })).toThrow(/is no amount of ours/);
});
