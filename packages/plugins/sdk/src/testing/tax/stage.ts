import { TAX_CALCULATOR } from '../../plugin.js';
import { taxCalculation } from '../../schemas/index.js';
import { TAX_CATEGORIES } from '../../tax-category.js';
import type { CalculateTax, TaxCalculator, TaxableLine } from '../../tax.js';
import { createStage } from '../stage.js';
import type { Stage } from '../stage.js';
import type { TaxCalculatorSubject, TaxCase } from './subject.js';

/** A calculator on trial. */
export interface TaxStage extends Stage<TaxCalculator> {
  readonly subject: TaxCalculatorSubject;
}

export const taxStage = (subject: TaxCalculatorSubject): TaxStage => ({
  ...createStage({
    subject,
    kind: TAX_CALCULATOR,
    schemas: { calculate: taxCalculation, commit: undefined, void: undefined },
  }),
  subject,
});

/** The question that a case asks. */
export const questionOf = (stage: TaxStage, asked: TaxCase, own: Partial<CalculateTax> = {}): CalculateTax =>
  stage.call(
    {
      seller: asked.seller ?? { business: 'bus_conformance', country: asked.buyer.country },
      buyer: asked.buyer,
      currency: asked.currency ?? 'EUR',
      date: asked.date ?? new Date().toISOString().slice(0, 10),
      lines: asked.lines ?? [lineOf()],
      ...own,
    },
    own,
  );

/** A line; its number tells it from others. */
export const lineOf = (number = 0, own: Partial<TaxableLine> = {}): TaxableLine => ({
  id: `line_${number}`,
  product: `pdt_${number}`,
  category: TAX_CATEGORIES[number % TAX_CATEGORIES.length] ?? 'digital_products',
  amount: 1999 + number,
  inclusive: number % 2 === 0,
  ...own,
});

/** A sale that the author knows well. */
export function anyCase({ subject }: TaxStage): TaxCase {
  const [first] = Object.values(subject.cases);
  if (first === undefined) throw new TypeError('name at least one case (cases)');
  return first;
}
