import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR } from '@payonce/plugin-sdk';
import type { Json, ProviderKind, Routes } from '@payonce/plugin-sdk';
import { routesFor } from '../domain/served-by.js';
import type { Routed, ServingRoutes } from '../domain/served-by.js';
import { fulfillmentCaller } from './fulfillment-caller.js';
import type { FulfillmentCaller } from './fulfillment-caller.js';
import type { PluginCaller } from './guarded-call.js';
import { parseSettings } from './parse-settings.js';
import type { ParseSettings } from './parse-settings.js';
import { PluginMissingError } from './plugin-failures.js';
import { processorCaller } from './processor-caller.js';
import type { ProcessorCaller } from './processor-caller.js';
import { providerActions } from './provider-actions.js';
import type { ProviderActions } from './provider-actions.js';
import { providerDescriptions } from './provider-descriptions.js';
import type { ProviderDescriptions } from './provider-descriptions.js';
import type { AnyKind } from './provider-problems.js';
import type { Registry, ServingPlugin } from './registry.js';
import { taxCaller } from './tax-caller.js';
import type { TaxCaller } from './tax-caller.js';

/** A plugin of this installation and what it provides. */
export interface DescribedPlugin extends ServingPlugin {
  readonly provides: readonly { readonly kind: AnyKind['name']; readonly id: string }[];
}

/** Everything that the engine asks of plugins. An id that nothing provides throws an error with the code `plugin_missing`. */
export interface Plugins {
  tax(id: string): TaxCaller;
  processor(id: string): ProcessorCaller;
  fulfillment(id: string): FulfillmentCaller;
  /** The ids that can be asked for. */
  ids(): {
    readonly tax: readonly string[];
    readonly processors: readonly string[];
    readonly fulfillment: readonly string[];
  };
  /** Which plugin stands behind a provider; undefined when none does. */
  servedBy(provider: { readonly kind: AnyKind; readonly id: string }): ServingPlugin | undefined;
  describe(): readonly DescribedPlugin[];
  readonly routes: Routes;
  /** Who may serve a purchase that starts now. Throws a DomainError SERVICE_UNAVAILABLE or UNSUPPORTED_CURRENCY when nobody takes its money. */
  routesFor(purchase: Routed): ServingRoutes;
  /** Rejects with a DomainError INVALID_REQUEST_BODY that names the path when the provider's schema refuses. */
  parseSettings(request: ParseSettings): Promise<Json>;
  readonly actions: ProviderActions;
  readonly descriptions: ProviderDescriptions;
}

export interface PluginsDeps {
  readonly registry: Registry;
  readonly caller: PluginCaller;
  readonly routes: Routes;
  readonly served: readonly ServingPlugin[];
}

export function createPlugins({ registry, caller, routes, served }: PluginsDeps): Plugins {
  const present = <Provider extends { readonly id: string }>(kind: ProviderKind<Provider>, id: string): Provider => {
    const provider = registry.get(kind, id);
    if (provider === undefined)
      throw new PluginMissingError(`no plugin provides the ${kind.name} '${id}': add its plugin to the configuration`);
    return provider;
  };
  return {
    tax: (id) => taxCaller({ calculator: present(TAX_CALCULATOR, id), caller }),
    processor: (id) => processorCaller({ adapter: present(PROCESSOR_ADAPTER, id), caller }),
    fulfillment: (id) => fulfillmentCaller({ provider: present(FULFILLMENT_PROVIDER, id), caller }),
    ids: () => ({
      tax: idsOf(registry, TAX_CALCULATOR),
      processors: idsOf(registry, PROCESSOR_ADAPTER),
      fulfillment: idsOf(registry, FULFILLMENT_PROVIDER),
    }),
    servedBy: ({ kind, id }) => registry.servedBy(kind, id),
    describe: () => served.map((plugin) => ({ ...plugin, provides: providedBy(registry, plugin) })),
    routes,
    routesFor: (purchase) => routesFor({ ...purchase, routes }),
    parseSettings: (request) => parseSettings({ ...request, caller }),
    actions: providerActions({ registry, caller }),
    descriptions: providerDescriptions({ registry, caller }),
  };
}

const idsOf = <Provider extends { readonly id: string }>(
  registry: Registry,
  kind: ProviderKind<Provider>,
): readonly string[] => registry.list(kind).map(({ id }) => id);

const providedBy = (registry: Registry, plugin: ServingPlugin): DescribedPlugin['provides'] => [
  ...ofKind(registry, TAX_CALCULATOR, plugin),
  ...ofKind(registry, FULFILLMENT_PROVIDER, plugin),
  ...ofKind(registry, PROCESSOR_ADAPTER, plugin),
];

const ofKind = <Provider extends { readonly id: string }>(
  registry: Registry,
  kind: ProviderKind<Provider>,
  plugin: ServingPlugin,
): DescribedPlugin['provides'] =>
  idsOf(registry, kind)
    .filter((id) => registry.servedBy(kind, id)?.name === plugin.name)
    .map((id) => ({ kind: kind.name, id }));
