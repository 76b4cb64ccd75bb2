import { bundledPlugins, bundledRoutes } from '@payonce/bundled';
import { loadConfigFile } from '@payonce/engine/adapters';
import { isPluginSetupError } from '@payonce/engine/domain';
import { hostsWithoutStores, loadPlugins } from '@payonce/engine/plugins';
import type { PluginConfig } from '@payonce/engine/ports';
import type { ProcessorRoute } from '@payonce/plugin-sdk';
import type { CliConfig } from '../config.js';
import { wordsOf } from '../explained.js';
import type { Finding } from './finding.js';

const hostOf = hostsWithoutStores('doctor calls no plugin');
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Loads the plugins as api and worker do, without calling any of them. */
export async function examinePlugins(config: CliConfig): Promise<Finding> {
  const name = 'plugins';
  try {
    const { plugins, routes } = await pluginConfig(config);
    const loaded = await loadPlugins({ plugins, routes, logger: silent, hostOf });
    const { processors, tax, fulfillment } = loaded.ids();
    const note = `processors ${list(processors)}; tax ${list(tax)}; fulfillment ${list(fulfillment)}; test mode by ${processorText(routes.processor.test)}, live mode by ${processorText(routes.processor.live)}`;
    return { name, problems: [], note };
  } catch (thrown) {
    return { name, problems: isPluginSetupError(thrown) ? thrown.lines : [wordsOf(thrown)], note: '' };
  }
}

function processorText(route: ProcessorRoute | undefined): string {
  if (route === undefined || typeof route === 'string') return route ?? 'nobody';
  return list([...new Set(route.map(({ use }) => use))]);
}

const list = (ids: readonly string[]): string => ids.join(', ') || 'none';

async function pluginConfig(config: CliConfig): Promise<PluginConfig> {
  if (config.PAYONCE_CONFIG !== undefined) return loadConfigFile(config.PAYONCE_CONFIG);
  const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = config;
  const options = origin && secretKey && webhookSecret ? { sandbox: { origin, secretKey, webhookSecret } } : {};
  return { plugins: bundledPlugins(options), routes: bundledRoutes(options) };
}
