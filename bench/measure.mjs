import { historyCost } from './history.mjs';
import { clickToLicense } from './latency.mjs';
import { pluginCalls } from './plugin-calls.mjs';
import { throughput } from './throughput.mjs';

/** Everything that is measured on a stack that stands, one after the other. */
export const measure = async ({ client, shop, bare, watch, settings, say }) => ({
  pluginCalls: await pluginCalls({ say }),
  latency: await clickToLicense({ shop, ...settings, say }),
  history: await historyCost({ client, shop, bare }),
  throughput: await throughput({ shop, bare, watch, ...settings, say }),
});
