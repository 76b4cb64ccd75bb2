import type { ConfiguredPlugin } from '../plugin.js';

/** A plugin with its options; a function when they are known only after something started. */
export type PluginSource = ConfiguredPlugin | (() => ConfiguredPlugin | Promise<ConfiguredPlugin>);

/** What every kind of plugin is tried with. */
export interface Subject {
  /** The id under which the plugin registers its provider: 'tax-table'. */
  readonly id: string;
  /** The plugin with good options. */
  readonly plugin: PluginSource;
  /** The plugin with options that it must refuse, at least one: `[taxTable({ rates: 'none' })]`. */
  readonly misconfigured: readonly ConfiguredPlugin[];
  /** What must never be logged or thrown: keys, webhook secrets, passwords. Empty for a plugin that has none. */
  readonly secrets: readonly string[];
  /** Within how many milliseconds a call must end, at the latest after its signal was aborted. 2000 when left out. */
  readonly deadlineMs?: number;
}
