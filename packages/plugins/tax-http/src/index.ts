import { TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import { httpCalculator } from './calculator.js';
import { httpTaxOptions } from './options.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Asks a calculator of the merchant's own for the tax of every sale, by a signed HTTP call. */
export const taxHttp = definePlugin({
  name: 'tax-http',
  version: VERSION,
  contractVersion: 1,
  options: httpTaxOptions,
  register(registry, options) {
    registry.add(TAX_CALCULATOR, httpCalculator({ options, now: () => new Date() }));
  },
});
