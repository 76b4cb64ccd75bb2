/** The configuration of plugins, as a file or the bundled default gives it. */
export type { ConfiguredPlugin, PluginConfig, Routes } from '@payonce/plugin-sdk';
