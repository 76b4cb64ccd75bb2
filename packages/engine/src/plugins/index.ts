/** Plugins behind one door: loading them at boot, calling them so that each fails alone. */
export type { Asked } from './asked.js';
export { calculateTax } from './calculate-tax.js';
export type { TaxPlugins } from './calculate-tax.js';
export type { FulfillmentCaller } from './fulfillment-caller.js';
export { DEFAULT_DEADLINES, createPluginCaller } from './guarded-call.js';
export type { CallOptions, Deadlines, PluginCaller } from './guarded-call.js';
export { loadPlugins } from './load.js';
export type { LoadPlugins } from './load.js';
export { PluginAnswerError, PluginCrashError, PluginMissingError, SoldOutError, classify } from './plugin-failures.js';
export type { PluginFailure } from './plugin-failures.js';
export { hostsWithoutStores, pluginHosts } from './plugin-hosts.js';
export type { HostOf } from './plugin-hosts.js';
export type { ActionAsked, ProviderActions } from './provider-actions.js';
export type {
  ActionDescription,
  DescribedFulfillment,
  DescribedProcessor,
  ProviderDescriptions,
} from './provider-descriptions.js';
export type { DescribedPlugin, Plugins } from './plugins.js';
export type { ProcessorCaller } from './processor-caller.js';
export { createRegistry } from './registry.js';
export type { Registry, ServingPlugin } from './registry.js';
export type { TaxCaller } from './tax-caller.js';
