import type { FulfillmentProvider } from './fulfillment.js';
import type { ProcessorAdapter } from './processor.js';
import type { StandardSchema } from './standard-schema.js';
import type { PluginHost } from './store.js';
import type { TaxCalculator } from './tax.js';

declare const providerType: unique symbol;

/** Names a kind of plugin and ties it to the contract that its providers fulfill. */
export interface ProviderKind<Provider extends { readonly id: string }> {
  /** What messages and records call it. */
  readonly name: 'tax_calculator' | 'fulfillment_provider' | 'processor_adapter';
  /** The verbs that every provider of this kind must have; checked when it registers. */
  readonly verbs: readonly (keyof Provider & string)[];
  /** Never there: it ties the kind to its contract for the compiler. */
  readonly [providerType]?: Provider;
}

/** Supplies tax rates. */
export const TAX_CALCULATOR: ProviderKind<TaxCalculator> = { name: 'tax_calculator', verbs: ['calculate'] };

/** Hands over what was sold. */
export const FULFILLMENT_PROVIDER: ProviderKind<FulfillmentProvider> = {
  name: 'fulfillment_provider',
  verbs: ['describe', 'fulfill', 'revoke'],
};

/** Takes the money. */
export const PROCESSOR_ADAPTER: ProviderKind<ProcessorAdapter> = {
  name: 'processor_adapter',
  verbs: ['createPayment', 'retrievePayment', 'cancel', 'refund', 'retrieveRefund', 'parseWebhook'],
};

/** Where a plugin puts its providers. Adding a second provider of a kind under the same id is refused. */
export interface PluginRegistry {
  /**
   * Called by `register`, once per provider. Throws when the id is taken or the provider lacks something; boot then
   * stops with the reason.
   */
  add<Provider extends { readonly id: string }>(kind: ProviderKind<Provider>, provider: Provider): void;
}

/** What {@link definePlugin} takes. */
export interface PluginDefinition<Options> {
  /** Unique among the plugins of an installation: 'tax-table'. */
  readonly name: string;
  /** Of the plugin, as in its package.json: shown beside what it did. */
  readonly version: string;
  /** The version of this contract that the plugin is written for. */
  readonly contractVersion: 1;
  /** Parses what the configuration gives; any Standard Schema validator will do. */
  readonly options: StandardSchema<Options>;
  /**
   * Called once per process, at boot, with the parsed options. What it needs of the installation it keeps from `host`. It adds providers and returns: connections are made
   * when a verb is called. A throw stops the boot, with its message.
   */
  register(registry: PluginRegistry, options: Options, host: PluginHost): void;
}

/** A plugin with its options, as the configuration lists it. */
export interface ConfiguredPlugin {
  /** As defined. */
  readonly name: string;
  /** As defined. */
  readonly version: string;
  /** As defined: an engine that does not know it refuses to boot, and says so. */
  readonly contractVersion: number;
  /** Parses the options and registers; rejects with a TypeError that says what to change when they don't parse. */
  load(registry: PluginRegistry, host?: PluginHost): Promise<void>;
}

/** A plugin: call it with its options and list the result in the configuration. */
export interface Plugin<Options> {
  /** Takes the options as the configuration writes them; they are parsed when the plugin loads, not here. */
  (options?: unknown): ConfiguredPlugin;
  /** What it was defined by: how a plugin is recognized among the exports of a package. */
  readonly definition: PluginDefinition<Options>;
}

/**
 * Makes a plugin of a definition. Called once, by the module that exports the plugin; throws nothing.
 *
 * ```ts
 * export const taxFlat = definePlugin({
 *   name: 'tax-flat',
 *   version: '1.0.0',
 *   contractVersion: 1,
 *   options: z.strictObject({ name: z.string(), rate: z.string().refine(isRate) }),
 *   register: (registry, options) => registry.add(TAX_CALCULATOR, flatCalculator(options)),
 * });
 * ```
 */
export function definePlugin<Options>(definition: PluginDefinition<Options>): Plugin<Options> {
  const configure = (options: unknown = {}): ConfiguredPlugin => ({
    name: definition.name,
    version: definition.version,
    contractVersion: definition.contractVersion,
    async load(registry, host = BARE) {
      definition.register(registry, await parseOptions(definition, options), host);
    },
  });
  return Object.assign(configure, { definition });
}

/** Of whoever loads a plugin without an installation around it. */
const BARE: PluginHost = {
  store() {
    throw new TypeError('this plugin was loaded without a store: give load() a host');
  },
};

async function parseOptions<Options>(
  { name, options: schema }: PluginDefinition<Options>,
  options: unknown,
): Promise<Options> {
  const parsed = await schema['~standard'].validate(options);
  if (parsed.issues === undefined) return parsed.value;
  const problems = parsed.issues.map(({ path, message }) => `${pathText(path)}: ${message}`).join('; ');
  throw new TypeError(`options of plugin ${name} don't parse: ${problems}`);
}

const pathText = (path: readonly (PropertyKey | { readonly key: PropertyKey })[] = []): string =>
  ['options', ...path.map((part) => String(typeof part === 'object' ? part.key : part))].join('.');
