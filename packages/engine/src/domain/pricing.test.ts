import { describe, expect, it } from '@jest/globals';
import type { LineTax } from '@payonce/plugin-sdk';
import { parseRate } from '@payonce/plugin-sdk';
import fc from 'fast-check';
import { cartOf, currencies, rates, taxOf, taxedCarts } from '../../test/carts.js';
import type { TaxedCart } from '../../test/carts.js';
import { counterexample } from '../../test/counterexample.js';
import { priceCart, priceWithoutTax, taxableLines } from './pricing.js';
import type { Quote, QuotedLine } from './quote.js';

const price = ({ lines, tax }: TaxedCart): Quote => priceCart({ currency: 'EUR', lines, tax });
const total = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);
const over = (lines: readonly QuotedLine[], of: (line: QuotedLine) => number): number => total(lines.map(of));
const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0 && !Object.is(amount, -0);

/** A claim on every line of any cart. */
const everyLine = (claim: (line: QuotedLine) => boolean): fc.IProperty<[TaxedCart]> =>
  fc.property(taxedCarts, (cart) => price(cart).lines.every(claim));

/** The rates of some taxes added up, as numerator and denominator. */
const rateOf = (taxes: readonly Pick<LineTax, 'rate'>[]): readonly [bigint, bigint] =>
  taxes.reduce<readonly [bigint, bigint]>(
    ([n, d], { rate }) => {
      const { numerator, denominator } = parseRate(rate);
      return [n * denominator + numerator * d, d * denominator];
    },
    [0n, 1n],
  );

describe('any cart, in any currency', () => {
  it('adds up: lines less discounts and the tax on top are the total, and the totals are those of the lines', () => {
    const addsUp = fc.property(taxedCarts, currencies, ({ lines, tax }, currency) => {
      const quote = priceCart({ currency, lines, tax });
      const onTop = over(quote.lines, (line) => (line.taxInclusive ? 0 : line.tax));
      return (
        quote.currency === currency &&
        quote.subtotal - quote.discount + onTop === quote.total &&
        over(quote.lines, (line) => line.total) === quote.total &&
        over(quote.lines, (line) => line.tax) === quote.tax
      );
    });
    expect(counterexample(addsUp)).toBeUndefined();
  });

  it('has whole amounts only, none of them negative', () => {
    const whole = everyLine((line) =>
      [line.subtotal, line.discount, line.net, line.tax, line.total, ...line.taxes.map((tax) => tax.amount)].every(
        isAmount,
      ),
    );
    expect(counterexample(whole)).toBeUndefined();
  });

  it('adds up on each line: net and tax are the total, the taxes are the tax, the discount fits in the price', () => {
    const addsUp = everyLine(
      (line) =>
        line.net + line.tax === line.total &&
        total(line.taxes.map(({ amount }) => amount)) === line.tax &&
        line.discount <= line.subtotal,
    );
    expect(counterexample(addsUp)).toBeUndefined();
  });

  it('keeps a price with tax inside as it is, to the unit', () => {
    const kept = everyLine((line) => (line.taxInclusive ? line.total : line.net) === line.subtotal - line.discount);
    expect(counterexample(kept)).toBeUndefined();
  });

  it('keeps each tax within half a unit of the exact one', () => {
    const near = everyLine((line) => {
      const [n, d] = rateOf(line.taxes);
      const base = BigInt(line.taxInclusive ? line.total : line.net);
      const [dividend, divisor] = line.taxInclusive ? [base * n, n + d] : [base * n, d];
      const roundings = BigInt(line.taxInclusive ? 1 : Math.max(1, line.taxes.length));
      const off = 2n * (BigInt(line.tax) * divisor - dividend);
      return off <= roundings * divisor && off >= -roundings * divisor;
    });
    expect(counterexample(near)).toBeUndefined();
  });

  it('costs nothing at a discount of 100 %', () => {
    const free = fc.property(taxedCarts, ({ lines, tax }) => {
      const quote = price({ lines: lines.map((line) => ({ ...line, discountBps: 10_000 })), tax });
      return quote.total === 0 && quote.tax === 0 && quote.subtotal === quote.discount;
    });
    expect(counterexample(free)).toBeUndefined();
  });

  it('asks the calculator about exactly the amounts that it taxes then', () => {
    const asked = fc.property(taxedCarts, (cart) => {
      const quote = price(cart);
      return taxableLines(cart.lines).every(({ id, amount, inclusive }, index) => {
        const line = quote.lines[index];
        return line?.line === id && inclusive === line.taxInclusive && amount === (inclusive ? line.total : line.net);
      });
    });
    expect(counterexample(asked)).toBeUndefined();
  });

  it('shows without tax what the cart costs where no tax is due', () => {
    const untaxed = fc.property(taxedCarts, ({ lines }) => {
      const quote = priceWithoutTax({ currency: 'JPY', lines });
      const exempt = priceCart({ currency: 'JPY', lines, tax: taxOf(lines) });
      return quote.tax === 0 && quote.total === quote.subtotal - quote.discount && quote.total === exempt.total;
    });
    expect(counterexample(untaxed)).toBeUndefined();
  });

  it('prices a line the same wherever it stands, and whatever order the calculator answers in', () => {
    const shuffled = taxedCarts.chain(({ lines, tax }) =>
      fc.record({
        cart: fc.constant({ lines, tax }),
        lines: fc.shuffledSubarray([...lines], { minLength: lines.length }),
        answers: fc.shuffledSubarray([...tax.lines], { minLength: lines.length }),
      }),
    );
    const stable = fc.property(shuffled, ({ cart, lines, answers }) => {
      const [quote, other] = [price(cart), price({ lines, tax: { lines: answers } })];
      const byId = (one: QuotedLine, two: QuotedLine) => one.line.localeCompare(two.line);
      return (
        JSON.stringify(other.lines.toSorted(byId)) === JSON.stringify(quote.lines.toSorted(byId)) &&
        other.total === quote.total &&
        other.tax === quote.tax
      );
    });
    expect(counterexample(stable)).toBeUndefined();
  });
});

describe('more never costs less', () => {
  const step = fc.integer({ min: 1, max: 10_000 });
  const onFirst = (cart: TaxedCart, change: Partial<TaxedCart['lines'][number]>): TaxedCart => ({
    ...cart,
    lines: cart.lines.map((line, index) => (index === 0 ? { ...line, ...change } : line)),
  });
  const notLess = (more: Quote, less: Quote): boolean => more.total >= less.total && more.tax >= less.tax;

  it('when the price or the quantity goes up', () => {
    const monotonic = fc.property(taxedCarts, step, (cart, more) => {
      const { unitPrice = 0, quantity = 1 } = cart.lines[0] ?? {};
      const before = price(cart);
      return (
        notLess(price(onFirst(cart, { unitPrice: unitPrice + more })), before) &&
        notLess(price(onFirst(cart, { quantity: quantity + more })), before)
      );
    });
    expect(counterexample(monotonic)).toBeUndefined();
  });

  it('when the discount goes down', () => {
    const monotonic = fc.property(taxedCarts, fc.nat(10_000), fc.nat(10_000), (cart, one, other) =>
      notLess(
        price(onFirst(cart, { discountBps: Math.min(one, other) })),
        price(onFirst(cart, { discountBps: Math.max(one, other) })),
      ),
    );
    expect(counterexample(monotonic)).toBeUndefined();
  });

  it('when a rate goes up', () => {
    const monotonic = fc.property(
      fc.nat(10_000_000),
      rates,
      rates,
      fc.boolean(),
      (unitPrice, one, other, inclusive) => {
        const lines = cartOf({ unitPrice, taxInclusive: inclusive });
        const [n, d] = rateOf([{ rate: one }]);
        const [m, e] = rateOf([{ rate: other }]);
        const [low, high] = n * e <= m * d ? [one, other] : [other, one];
        return notLess(price({ lines, tax: taxOf(lines, high) }), price({ lines, tax: taxOf(lines, low) }));
      },
    );
    expect(counterexample(monotonic)).toBeUndefined();
  });
});
