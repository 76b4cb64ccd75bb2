import { RetryableError, parseRate } from '@payonce/plugin-sdk';
import type { CalculateTax, TaxCalculation, TaxRecord } from '@payonce/plugin-sdk';
import { taxCalculation } from '@payonce/plugin-sdk/schemas';

/** A question as the merchant's calculator reads it; amounts are whole minor units. */
export const wireQuestion = ({ seller, buyer, currency, date, lines, mode }: CalculateTax): object => ({
  type: 'tax.calculate',
  mode,
  date,
  currency,
  seller: { business_id: seller.business, country: seller.country ?? null },
  buyer: {
    kind: buyer.kind,
    country: buyer.country,
    state: buyer.state ?? null,
    postcode: buyer.postcode ?? null,
    tax_id: buyer.taxId ?? null,
  },
  lines: lines.map(({ id, product, category, amount, inclusive }) => ({
    id,
    product_id: product,
    category,
    amount,
    inclusive,
  })),
});

/** A record as the merchant's calculator reads it. */
export const wireRecord = (type: 'tax.commit' | 'tax.void', { payment, mode }: TaxRecord): object => ({
  type,
  mode,
  payment_id: payment,
});

/** Believes an answer only when all of it is as agreed and every line asked about is answered once; else it is asked again. */
export function answerOf(body: unknown, asked: Pick<CalculateTax, 'lines'>): TaxCalculation {
  const parsed = taxCalculation.safeParse(body);
  const problem = parsed.success ? misfit(parsed.data, asked) : placesOf(parsed.error);
  if (!parsed.success || problem !== undefined)
    throw new RetryableError({
      code: 'calculator_answer_invalid',
      message: `the answer of the calculator is not as agreed: ${problem}`,
    });
  return parsed.data;
}

/** The places alone: what stands there may be anything. */
const placesOf = ({ issues }: { readonly issues: readonly { path: PropertyKey[]; code: string }[] }): string =>
  issues
    .slice(0, 5)
    .map(({ path, code }) => `${path.map(String).join('.').slice(0, 60) || 'the body'} ${code}`)
    .join('; ');

function misfit({ lines }: TaxCalculation, asked: Pick<CalculateTax, 'lines'>): string | undefined {
  const left = new Set(asked.lines.map(({ id }) => id));
  if (lines.some(({ line }) => !left.delete(line))) return 'a line is answered twice or was never asked about';
  if (left.size > 0) return `${left.size} of ${asked.lines.length} lines are not answered`;
  const taxes = lines.flatMap((line) => line.taxes);
  if (taxes.some(({ rate }) => isOverOne(rate))) return "a rate is over 100 %: 19 % is '19/100' or '0.19'";
  const charged = lines.some((line) => line.taxes.some((tax) => isFree(tax.reason, line.reason) && isAbove(tax.rate)));
  return charged ? 'a tax has a rate and a reason why there is none' : undefined;
}

const FREE: readonly string[] = ['exempt', 'reverse_charge', 'not_registered', 'out_of_scope'];
const isFree = (...reasons: readonly string[]): boolean => reasons.some((reason) => FREE.includes(reason));
const isAbove = (rate: string): boolean => parseRate(rate).numerator > 0n;

function isOverOne(rate: string): boolean {
  const { numerator, denominator } = parseRate(rate);
  return numerator > denominator;
}
