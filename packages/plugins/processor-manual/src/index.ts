import { PROCESSOR_ADAPTER, definePlugin } from '@payonce/plugin-sdk';
import { manualAdapter } from './adapter.js';
import { manualOptions } from './options.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Bank transfer: the buyer pays by hand, an operator notes what came. */
export const processorManual = definePlugin({
  name: 'processor-manual',
  version: VERSION,
  contractVersion: 1,
  options: manualOptions,
  register(registry, options, host) {
    registry.add(PROCESSOR_ADAPTER, manualAdapter({ options, host, now: () => new Date() }));
  },
});
