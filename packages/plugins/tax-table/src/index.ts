import { TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import { tableCalculator } from './calculator.js';
import { taxTableOptions } from './options.js';
import { rateTable } from './rate-table.js';
import { SHIPPED_RATES } from './shipped-rates.js';

export type { RateRow } from './rate-row.js';
export { SHIPPED_RATES } from './shipped-rates.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Computes tax from dated rates per country and category: VAT of the European Union and the United Kingdom, and the merchant's own rows. */
export const taxTable = definePlugin({
  name: 'tax-table',
  version: VERSION,
  contractVersion: 1,
  options: taxTableOptions,
  register(registry, { overrides, registrations }) {
    const rates = rateTable({ shipped: SHIPPED_RATES, overrides });
    const isRegistered = (jurisdiction: string): boolean =>
      registrations === 'all' || registrations.includes(jurisdiction);
    registry.add(TAX_CALCULATOR, tableCalculator({ rates, isRegistered }));
  },
});
