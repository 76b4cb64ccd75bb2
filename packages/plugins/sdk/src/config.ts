import type { ConfiguredPlugin } from './plugin.js';

/** Which provider does what, by provider id. Fulfillment providers are not routed: each entitlement names its own. */
export interface Routes {
  /** Takes the money, per mode; a mode without one cannot sell. */
  readonly processor: { readonly test?: string; readonly live?: string };
  /** Supplies the tax rates. */
  readonly tax: string;
}

/** What `payonce.config.mjs` exports: the plugins of an installation and who of them does what. */
export interface PluginConfig {
  readonly plugins: readonly ConfiguredPlugin[];
  readonly routes: Routes;
}

/** Types a configuration; answers it as it is. */
export const defineConfig = (config: PluginConfig): PluginConfig => config;
