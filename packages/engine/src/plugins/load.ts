import type { ConfiguredPlugin, PluginConfig, PluginLogger } from '@payonce/plugin-sdk';
import { PluginSetupError } from '../domain/plugin-setup-error.js';
import { withDeadline } from './deadline.js';
import { createPluginCaller } from './guarded-call.js';
import type { Deadlines } from './guarded-call.js';
import { hostsWithoutStores } from './plugin-hosts.js';
import type { HostOf } from './plugin-hosts.js';
import { createPlugins } from './plugins.js';
import type { Plugins } from './plugins.js';
import { createRegistry } from './registry.js';
import type { Registry } from './registry.js';
import { routeProblems } from './route-problems.js';
import { wordsOf } from './words.js';

const CONTRACT_VERSIONS: readonly number[] = [1];
const LOAD_DEADLINE_MS = 30_000;

export interface LoadPlugins extends PluginConfig {
  readonly logger: PluginLogger;
  /** What each plugin gets of the installation; without it, plugins that use their store are told that there is none. */
  readonly hostOf?: HostOf;
  /** Instead of the defaults, per kind. */
  readonly deadlines?: Partial<Deadlines>;
}

/** From a configuration to plugins that serve. Rejects with a PluginSetupError that has one line per problem, so that one boot shows them all. */
export async function loadPlugins({
  plugins,
  routes,
  logger,
  deadlines,
  hostOf = hostsWithoutStores('whoever loaded it gave none'),
}: LoadPlugins): Promise<Plugins> {
  const registry = createRegistry();
  const lines = [...namedTwice(plugins), ...(await loadAll({ registry, hostOf }, plugins))];
  if (lines.length === 0) lines.push(...routeProblems(registry, routes));
  if (lines.length > 0) throw new PluginSetupError(lines);
  const caller = createPluginCaller({ registry, logger, deadlines });
  const served = plugins.map(({ name, version, contractVersion }) => ({ name, version, contractVersion }));
  return createPlugins({ registry, caller, routes, served });
}

function namedTwice(plugins: readonly ConfiguredPlugin[]): string[] {
  const names = plugins.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `plugin ${name} is configured twice: remove one of the entries`);
}

interface Into {
  readonly registry: Registry;
  readonly hostOf: HostOf;
}

/** One after the other: which of two plugins came first must not depend on their speed. */
async function loadAll(into: Into, plugins: readonly ConfiguredPlugin[]): Promise<string[]> {
  const lines: string[] = [];
  for (const plugin of plugins) lines.push(...(await loadOne(into, plugin)));
  return lines;
}

async function loadOne({ registry, hostOf }: Into, plugin: ConfiguredPlugin): Promise<readonly string[]> {
  const { name, version, contractVersion } = plugin;
  if (!CONTRACT_VERSIONS.includes(contractVersion)) {
    return [
      `plugin ${name} ${version} is written for contract version ${contractVersion}, this engine knows ${CONTRACT_VERSIONS.join(', ')}: install a version of the plugin that fits`,
    ];
  }
  try {
    await withDeadline({
      deadlineMs: LOAD_DEADLINE_MS,
      run: () => plugin.load(registry.by({ name, version, contractVersion }), hostOf(name)),
    });
    return [];
  } catch (thrown) {
    return [`plugin ${name}: ${wordsOf(thrown)}`];
  }
}
