import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR } from '@payonce/plugin-sdk';
import { calculatorsOf, processorsOf } from '@payonce/engine/domain';
import type { CartLine, Routed, ServedBy } from '@payonce/engine/domain';
import type { Plugins, ServingPlugin } from '@payonce/engine/plugins';

/** Which plugins serve a purchase that starts now, recorded with it so that later changes of the configuration don't touch it. */
export function servedByNow(
  plugins: Plugins,
  { mode, currency, lines }: Pick<Routed, 'mode' | 'currency'> & { readonly lines: readonly CartLine[] },
): ServedBy {
  const routes = plugins.routesFor({ mode, currency, lines });
  const providers = new Set(lines.flatMap(({ entitlements }) => entitlements.map(({ provider }) => provider)));
  const serving = [
    ...processorsOf(routes).map((id) => plugins.servedBy({ kind: PROCESSOR_ADAPTER, id })),
    ...calculatorsOf(routes).map((id) => plugins.servedBy({ kind: TAX_CALCULATOR, id })),
    ...[...providers].map((id) => plugins.servedBy({ kind: FULFILLMENT_PROVIDER, id })),
  ];
  return { ...routes, plugins: distinct(serving.filter((plugin) => plugin !== undefined)) };
}

const distinct = (plugins: readonly ServingPlugin[]): readonly ServingPlugin[] => [
  ...new Map(plugins.map((plugin) => [plugin.name, plugin])).values(),
];
