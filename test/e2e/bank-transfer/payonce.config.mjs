import { bundledPlugins } from '@payonce/bundled';
import { processorManual } from '../../../packages/plugins/processor-manual/src/index.ts';

/** An installation that takes euros by bank transfer, and a German account beside the one for everybody else. */
export default {
  plugins: [
    ...bundledPlugins(),
    processorManual({
      accounts: [
        { currencies: ['EUR'], countries: ['DE'], details: [{ label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' }] },
        { currencies: ['EUR'], details: [{ label: 'IBAN', value: 'NL91 ABNA 0417 1643 00' }] },
      ],
    }),
  ],
  routes: { processor: { test: [{ use: 'manual', currencies: ['EUR'] }] }, tax: 'tax-table' },
};
