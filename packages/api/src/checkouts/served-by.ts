import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR } from '@payonce/plugin-sdk';
import type { Mode } from '@payonce/plugin-sdk';
import type { CartLine, ServedBy } from '@payonce/engine/domain';
import type { Plugins, ServingPlugin } from '@payonce/engine/plugins';

/** Which plugins serve a purchase that starts now, recorded with it so that later changes of the configuration don't touch it. */
export function servedByNow(
  plugins: Plugins,
  { mode, lines }: { readonly mode: Mode; readonly lines: readonly CartLine[] },
): ServedBy {
  const processor = plugins.processorFor(mode);
  const taxCalculator = plugins.taxCalculator();
  const providers = new Set(lines.flatMap(({ entitlements }) => entitlements.map(({ provider }) => provider)));
  const serving = [
    plugins.servedBy({ kind: PROCESSOR_ADAPTER, id: processor }),
    plugins.servedBy({ kind: TAX_CALCULATOR, id: taxCalculator }),
    ...[...providers].map((id) => plugins.servedBy({ kind: FULFILLMENT_PROVIDER, id })),
  ];
  return { processor, taxCalculator, plugins: distinct(serving.filter((plugin) => plugin !== undefined)) };
}

const distinct = (plugins: readonly ServingPlugin[]): readonly ServingPlugin[] => [
  ...new Map(plugins.map((plugin) => [plugin.name, plugin])).values(),
];
