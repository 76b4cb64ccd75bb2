import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { PluginSetupError } from '../domain/plugin-setup-error.js';
import type { ConfiguredPlugin, Currency, PluginConfig, TaxCategory } from '../ports/plugin-config.js';
import { resolvePackage } from './resolve-package.js';

/** Which words there are is said when the routes are held against the plugins. */
const words = <Word extends string>() => z.array(z.custom<Word>((value) => typeof value === 'string', 'is no text'));
const processorRule = z.strictObject({
  use: z.string(),
  currencies: words<Currency>().exactOptional(),
  countries: words().exactOptional(),
});
const processorRoute = z.union([z.string(), z.array(processorRule)], {
  error: "is neither a processor's id nor a list of rules { use, currencies?, countries? }",
});
const taxRule = z.strictObject({
  use: z.string(),
  countries: words().exactOptional(),
  categories: words<TaxCategory>().exactOptional(),
});
const routes = z.strictObject({
  processor: z.strictObject({ test: processorRoute.exactOptional(), live: processorRoute.exactOptional() }),
  tax: z.union([z.string(), z.strictObject({ rules: z.array(taxRule), fallback: z.string() })], {
    error: "is neither a calculator's id nor { rules: [{ use, countries?, categories? }], fallback }",
  }),
});
const configured = z.custom<ConfiguredPlugin>(isConfigured, {
  message: 'is not a configured plugin: call the plugin with its options, as in taxTable({})',
});
const moduleConfig = z.strictObject({ plugins: z.array(configured), routes });
const jsonConfig = z.strictObject({
  plugins: z.array(
    z.strictObject({
      package: z.string().min(1),
      export: z.string().exactOptional(),
      options: z.unknown().default({}),
    }),
  ),
  routes,
});

/**
 * Reads which plugins run and who of them does what: from a `.mjs` (or `.js`) file that exports it by default or as `config` and imports its plugins itself, or from a
 * `.json` file that names packages, resolved from the file's own folder. Rejects with a PluginSetupError, one line per problem.
 */
export async function loadConfigFile(path: string): Promise<PluginConfig> {
  const file = resolve(path);
  return extname(file) === '.json' ? fromJson(file) : fromModule(file);
}

async function fromModule(file: string): Promise<PluginConfig> {
  const exported = await attempt(`${basename(file)} could not be imported`, () => importModule(pathToFileURL(file)));
  const config = exported['default'] ?? exported['config'];
  if (config === undefined)
    throw new PluginSetupError([
      `${basename(file)} exports no configuration: export defineConfig({ plugins, routes }) by default or as config`,
    ]);
  return parsed({ schema: moduleConfig, file, value: config });
}

async function fromJson(file: string): Promise<PluginConfig> {
  const value = await attempt(`${basename(file)} could not be read`, async (): Promise<unknown> =>
    JSON.parse(await readFile(file, 'utf8')),
  );
  const config = parsed({ schema: jsonConfig, file, value });
  const loaded = await Promise.allSettled(
    config.plugins.map((entry, index) =>
      loadEntry({ ...entry, folder: dirname(file), place: `${basename(file)}: plugins.${index}` }),
    ),
  );
  const lines = loaded.flatMap((result) => (result.status === 'rejected' ? linesOf(result.reason) : []));
  if (lines.length > 0) throw new PluginSetupError(lines);
  return {
    plugins: loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    routes: config.routes,
  };
}

interface Entry {
  readonly package: string;
  readonly export?: string;
  readonly options: unknown;
  readonly folder: string;
  /** Where it stands, for messages. */
  readonly place: string;
}

async function loadEntry(entry: Entry): Promise<ConfiguredPlugin> {
  const address = resolvePackage({ specifier: entry.package, folder: entry.folder });
  if (address === undefined)
    throw new PluginSetupError([
      `${entry.place}: package ${entry.package} is not installed in ${entry.folder} or above: install it there`,
    ]);
  const exported = await attempt(`${entry.place}: package ${entry.package} could not be imported`, () =>
    importModule(address),
  );
  const plugin = pickPlugin(exported, entry);
  const made = await attempt(`${entry.place}: package ${entry.package} did not take its options`, async () =>
    plugin(entry.options),
  );
  if (!isConfigured(made))
    throw new PluginSetupError([
      `${entry.place}: package ${entry.package} exports something else than plugins: see "writing a plugin"`,
    ]);
  return made;
}

type PluginFunction = (options: unknown) => unknown;

/** The export that the entry names, or the only plugin that the package exports. */
function pickPlugin(
  exported: Readonly<Record<string, unknown>>,
  { export: name, package: from, place }: Entry,
): PluginFunction {
  const plugins = Object.entries(exported).filter((pair): pair is [string, PluginFunction] => isPlugin(pair[1]));
  const distinct = [...new Map(plugins.map(([key, plugin]) => [plugin, key]))];
  const wanted = name === undefined ? distinct[0]?.[0] : plugins.find(([key]) => key === name)?.[1];
  const names = distinct.map(([, key]) => key).join(', ');
  if (wanted === undefined)
    throw new PluginSetupError([
      `${place}: package ${from} exports no plugin${name === undefined ? '' : ` '${name}'`}; its plugins: ${names || 'none'}`,
    ]);
  if (name === undefined && distinct.length > 1)
    throw new PluginSetupError([`${place}: package ${from} exports several plugins (${names}): name one as "export"`]);
  return wanted;
}

/** Plugins are recognized by what they carry: a package may bring its own copy of the contract. */
const isPlugin = (value: unknown): value is PluginFunction => typeof value === 'function' && 'definition' in value;

function isConfigured(value: unknown): value is ConfiguredPlugin {
  if (typeof value !== 'object' || value === null) return false;
  const has = (key: keyof ConfiguredPlugin, type: string): boolean => typeof Reflect.get(value, key) === type;
  return (
    has('name', 'string') && has('version', 'string') && has('contractVersion', 'number') && has('load', 'function')
  );
}

function parsed<Value>({ schema, file, value }: { schema: z.ZodType<Value>; file: string; value: unknown }): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PluginSetupError(
    result.error.issues.map(
      ({ path, message }) => `${basename(file)}: ${path.join('.') || 'the configuration'}: ${message}`,
    ),
  );
}

const importModule = async (address: URL): Promise<Readonly<Record<string, unknown>>> => ({
  ...(await import(address.href)),
});

async function attempt<Value>(problem: string, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (thrown) {
    const words = messageOf(thrown) ?? `threw a ${typeof thrown}`;
    throw new PluginSetupError([`${problem}: ${words.replaceAll(/\s+/g, ' ').slice(0, 500)}`]);
  }
}

const linesOf = (thrown: unknown): readonly string[] =>
  thrown instanceof PluginSetupError ? thrown.lines : [String(thrown)];

const messageOf = (thrown: unknown): string | undefined =>
  typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : undefined;
