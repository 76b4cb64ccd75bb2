/** The configuration of plugins, as a file or the bundled default gives it. */
export type { ConfiguredPlugin, Currency, PluginConfig, Routes, TaxCategory } from '@payonce/plugin-sdk';
