import { TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import { flatRate, flatRateOptions } from './calculator.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** One tax at one rate in the countries that the options list, and none elsewhere. */
export const pluginName = definePlugin({
  name: 'plugin-name',
  version: VERSION,
  contractVersion: 1,
  options: flatRateOptions,
  register(registry, options) {
    registry.add(TAX_CALCULATOR, flatRate({ id: 'plugin-name', ...options }));
  },
});
