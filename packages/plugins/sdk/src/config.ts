import type { Currency } from './money.js';
import type { ConfiguredPlugin } from './plugin.js';
import type { TaxCategory } from './tax-category.js';

/** Sends purchases to a processor. What is left out matches everything. */
export interface ProcessorRule {
  /** The processor's id. */
  readonly use: string;
  /** The currencies that it is for. */
  readonly currencies?: readonly Currency[];
  /** Of the buyer's billing address, ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[];
}

/**
 * One processor for everything, or rules of which the first that matches decides. The country is that of the attempt to pay; until a buyer has named one, the rules without
 * countries stand in, so each currency of a rule with countries needs a later rule without.
 */
export type ProcessorRoute = string | readonly ProcessorRule[];

/** Sends lines of a cart to a tax calculator. What is left out matches everything. */
export interface TaxRule {
  /** The calculator's id. */
  readonly use: string;
  /** Of the buyer's billing address, ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[];
  /** The tax categories of products that it is for. */
  readonly categories?: readonly TaxCategory[];
}

/** One calculator for everything, or rules of which the first that matches a line decides, and a calculator for the rest. */
export type TaxRoute = string | { readonly rules: readonly TaxRule[]; readonly fallback: string };

/** Which provider does what, by provider id. Fulfillment providers are not routed: each entitlement names its own. */
export interface Routes {
  /** Takes the money, per mode; a mode without one cannot sell. */
  readonly processor: { readonly test?: ProcessorRoute; readonly live?: ProcessorRoute };
  /** Supplies the tax rates. */
  readonly tax: TaxRoute;
}

/** What `payonce.config.mjs` exports: the plugins of an installation and who of them does what. */
export interface PluginConfig {
  /** Every plugin with its options: `[taxTable(), processorSandbox({ … })]`. They load in this order. */
  readonly plugins: readonly ConfiguredPlugin[];
  /** Who takes the money and who knows the taxes. */
  readonly routes: Routes;
}

/**
 * Types a configuration; answers it as it is.
 *
 * ```ts
 * export default defineConfig({
 *   plugins: [taxTable(), processorAcme({ secretKey: process.env.ACME_KEY })],
 *   routes: { processor: { live: 'acme' }, tax: 'tax-table' },
 * });
 * ```
 */
export const defineConfig = (config: PluginConfig): PluginConfig => config;
