import type { CalculateTax, TaxCalculation } from '@payonce/plugin-sdk';
import { taxShares } from '../domain/served-by.js';
import type { TaxRouting } from '../domain/served-by.js';
import type { Asked } from './asked.js';
import type { TaxCaller } from './tax-caller.js';

/** What tax is asked through. */
export interface TaxPlugins {
  tax(id: string): Pick<TaxCaller, 'calculate'>;
}

/**
 * The tax of a cart whose lines may be answered by several calculators: each is asked once, about its own lines. Rejects as the first of them that fails, so a cart is
 * never priced in part.
 */
export async function calculateTax({
  plugins,
  servedBy,
  asked,
}: {
  readonly plugins: TaxPlugins;
  readonly servedBy: TaxRouting;
  readonly asked: Asked<CalculateTax>;
}): Promise<TaxCalculation> {
  const shares = taxShares({ servedBy, country: asked.buyer.country, lines: asked.lines });
  const answers = await Promise.all(
    shares.map(async ({ calculator, lines }) => plugins.tax(calculator).calculate({ ...asked, lines })),
  );
  const notices = new Set(answers.flatMap((answer) => answer.notices ?? []));
  return { lines: answers.flatMap(({ lines }) => lines), ...(notices.size > 0 && { notices: [...notices] }) };
}
