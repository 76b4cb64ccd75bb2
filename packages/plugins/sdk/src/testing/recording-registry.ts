import type { ConfiguredPlugin, PluginRegistry } from '../plugin.js';
import type { PluginHost } from '../store.js';
import { ensure } from './ensure.js';
import { memoryHost } from './memory-host.js';
import { textsOf } from './texts-of.js';

/** What a plugin put into a registry. */
export interface Registered<Provider> {
  readonly ofKind: readonly Provider[];
  /** The kinds of everything else that it added. */
  readonly others: readonly string[];
  /** Why loading ended early. */
  readonly thrown?: unknown;
}

/** What is loaded, and what is looked for. */
export interface Loading {
  readonly plugin: ConfiguredPlugin;
  readonly kind: { readonly name: string };
  /** The installation; one with empty stores when left out. */
  readonly host?: PluginHost;
}

/**
 * Loads a plugin as an installation does and answers what it registered, also when it throws. Kinds are told apart by name: a plugin may bring its own copy of the
 * contract.
 */
export async function tryLoad<Provider extends { readonly id: string }>({
  plugin,
  kind,
  host = memoryHost(),
}: Loading): Promise<Registered<Provider>> {
  const ofKind: Provider[] = [];
  const others: string[] = [];
  const isOurs = (candidate: { readonly name: string }, _provider: unknown): _provider is Provider =>
    candidate.name === kind.name;
  const registry: PluginRegistry = {
    add(added, provider) {
      if (isOurs(added, provider)) ofKind.push(provider);
      else others.push(added.name);
    },
  };
  try {
    await plugin.load(registry, host);
    return { ofKind, others };
  } catch (thrown) {
    return { ofKind, others, thrown: thrown ?? new TypeError('nothing was thrown') };
  }
}

/** Loads a plugin that must load. */
export async function loadInto<Provider extends { readonly id: string }>(
  loading: Loading,
): Promise<Registered<Provider>> {
  const registered = await tryLoad<Provider>(loading);
  const { thrown } = registered;
  ensure(thrown === undefined, `it does not load: ${textsOf(thrown).join(' | ')}`);
  return registered;
}
