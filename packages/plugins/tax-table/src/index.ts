import { TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import { tableCalculator } from './calculator.js';
import { taxTableOptions } from './options.js';
import { rateTable } from './rate-table.js';
import { registrationsOf } from './registrations.js';
import { SHIPPED_RATES, UNDECIDED_CELLS } from './shipped-rates.js';

export type { BusinessRule } from './data/businesses.js';
export type { RateRow } from './rate-row.js';
export { SHIPPED_RATES, UNDECIDED_CELLS } from './shipped-rates.js';
export type { Undecided } from './undecided.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Computes tax from dated rates per jurisdiction and category: VAT and GST of 41 countries, GST/HST/PST/QST of Canada, states of the US, and the merchant's own rows. */
export const taxTable = definePlugin({
  name: 'tax-table',
  version: VERSION,
  contractVersion: 1,
  options: taxTableOptions,
  register(registry, { overrides, registrations, businesses }) {
    const rates = rateTable({ shipped: SHIPPED_RATES, overrides });
    const calculator = tableCalculator({
      rates,
      businesses,
      undecided: UNDECIDED_CELLS,
      registrations: registrationsOf(registrations),
    });
    registry.add(TAX_CALCULATOR, calculator);
  },
});
