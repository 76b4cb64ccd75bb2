import type { Currency, LineTax, TaxCalculation, TaxableLine } from '@payonce/plugin-sdk';
import { isRate, parseRate } from '@payonce/plugin-sdk';
import { allocate, portion, roundedQuotient, sum, wholeUnits } from './arithmetic.js';
import { DomainError } from './domain-error.js';
import type { Quote, QuotedLine, QuotedTax } from './quote.js';
import type { CartLine } from './session.js';

/** What a tax calculator is asked about: the lines of a cart after their discounts, in cart order. */
export const taxableLines = (lines: readonly CartLine[]): readonly TaxableLine[] =>
  lines.map((line) => {
    const { subtotal, discount } = beforeTax(line);
    return {
      id: line.id,
      product: line.product,
      category: line.category,
      amount: subtotal - discount,
      inclusive: line.taxInclusive,
    };
  });

/**
 * What a cart costs: the one pricing function of previews, charges, line items and refunds. Per line: unit price × quantity, less the product discount (half-up on the
 * line), then each tax on that base. Exclusive taxes are rounded one by one and added; an inclusive price is kept, and the tax inside it is rounded once in total and
 * split by rate. Throws TAX_UNAVAILABLE when the calculation does not answer every line exactly once, and INVALID_REQUEST_BODY for totals beyond 2^53 − 1.
 */
export function priceCart({
  currency,
  lines,
  tax,
}: {
  readonly currency: Currency;
  readonly lines: readonly CartLine[];
  readonly tax: TaxCalculation;
}): Quote {
  const answers = answersByLine({ lines, tax });
  const quoted = lines.map((line) => priceLine({ line, answer: answers(line) }));
  return {
    currency,
    lines: quoted,
    subtotal: sum(quoted.map((line) => line.subtotal)),
    discount: sum(quoted.map((line) => line.discount)),
    tax: sum(quoted.map((line) => line.tax)),
    total: sum(quoted.map((line) => line.total)),
    notices: tax.notices ?? [],
  };
}

/** What a cart costs as long as nobody knows where the buyer is: no tax is added and none is taken out. For display only, never for a charge. */
export const priceWithoutTax = ({
  currency,
  lines,
}: {
  readonly currency: Currency;
  readonly lines: readonly CartLine[];
}): Quote =>
  priceCart({
    currency,
    lines,
    tax: { lines: lines.map(({ id }) => ({ line: id, taxes: [], reason: 'out_of_scope' })) },
  });

type Answer = TaxCalculation['lines'][number];

function answersByLine({
  lines,
  tax,
}: {
  readonly lines: readonly CartLine[];
  readonly tax: TaxCalculation;
}): (line: CartLine) => Answer {
  const answers = new Map(tax.lines.map((answer) => [answer.line, answer]));
  const asked = new Set(lines.map(({ id }) => id));
  const stray = tax.lines.find(({ line }) => !asked.has(line));
  if (stray) throw unavailable(`it answers line ${stray.line}, which nobody asked about`);
  if (answers.size < tax.lines.length) throw unavailable('it answers a line more than once');
  return ({ id }) => {
    const answer = answers.get(id);
    if (!answer) throw unavailable(`it does not answer line ${id}`);
    const unreadable = answer.taxes.find(({ rate }) => !isRate(rate));
    if (unreadable) throw unavailable(`'${unreadable.rate}' of line ${id} is not a rate`);
    return answer;
  };
}

const unavailable = (why: string): DomainError =>
  new DomainError('TAX_UNAVAILABLE', `the answer of the tax calculator cannot be used: ${why}; nothing was charged`);

function beforeTax({ unitPrice, quantity, discountBps }: CartLine): {
  readonly subtotal: number;
  readonly discount: number;
} {
  const subtotal = wholeUnits(BigInt(unitPrice) * BigInt(quantity));
  return { subtotal, discount: portion({ amount: subtotal, rate: `${discountBps}/10000` }) };
}

function priceLine({ line, answer }: { readonly line: CartLine; readonly answer: Answer }): QuotedLine {
  const { subtotal, discount } = beforeTax(line);
  const base = subtotal - discount;
  const taxes = line.taxInclusive
    ? taxesInside({ gross: base, taxes: answer.taxes })
    : taxesOnTop({ net: base, taxes: answer.taxes });
  const tax = sum(taxes.map(({ amount }) => amount));
  return {
    line: line.id,
    product: line.product,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    subtotal,
    discount,
    taxInclusive: line.taxInclusive,
    net: line.taxInclusive ? base - tax : base,
    tax,
    total: line.taxInclusive ? base : sum([base, tax]),
    taxes,
    reason: answer.reason,
  };
}

const taxesOnTop = ({
  net,
  taxes,
}: {
  readonly net: number;
  readonly taxes: readonly LineTax[];
}): readonly QuotedTax[] => taxes.map((tax) => quotedTax({ tax, amount: portion({ amount: net, rate: tax.rate }) }));

/** With rates that add up to n/d, the tax inside a gross price is n/(n + d) of it. */
function taxesInside({
  gross,
  taxes,
}: {
  readonly gross: number;
  readonly taxes: readonly LineTax[];
}): readonly QuotedTax[] {
  const rates = taxes.map(({ rate }) => parseRate(rate));
  const denominator = rates.reduce((product, rate) => product * rate.denominator, 1n);
  const weights = rates.map((rate) => (rate.numerator * denominator) / rate.denominator);
  const numerator = weights.reduce((total, weight) => total + weight, 0n);
  const inside = wholeUnits(roundedQuotient({ dividend: BigInt(gross) * numerator, divisor: numerator + denominator }));
  const amounts = allocate({ amount: inside, weights });
  return taxes.map((tax, index) => quotedTax({ tax, amount: amounts[index] ?? 0 }));
}

const quotedTax = ({ tax, amount }: { readonly tax: LineTax; readonly amount: number }): QuotedTax => ({
  name: tax.name,
  jurisdiction: tax.jurisdiction,
  rate: tax.rate,
  reason: tax.reason,
  amount,
});
