import { FULFILLMENT_PROVIDER } from '@payonce/plugin-sdk';
import type { Json } from '@payonce/plugin-sdk';
import type { PluginCaller } from './guarded-call.js';
import { parseInput } from './parse-input.js';

/** What a merchant says about goods, for the provider that will hand them over. */
export interface ParseSettings {
  readonly provider: string;
  readonly settings: unknown;
  /** The field of the request that has them; 'settings' when left out. */
  readonly field?: string;
}

/** Parses a product's settings with the schema of the provider that will serve it; rejects as {@link parseInput} does. */
export const parseSettings = ({
  caller,
  provider,
  settings,
  field = 'settings',
}: ParseSettings & { readonly caller: PluginCaller }): Promise<Json> =>
  parseInput({
    caller,
    kind: FULFILLMENT_PROVIDER,
    id: provider,
    verb: 'settings',
    field,
    input: settings,
    schemaOf: (serving) => serving.settings,
  });
