import 'reflect-metadata';
import { container } from 'tsyringe';
import type { DependencyContainer } from 'tsyringe';
import type { PluginRegistry, ProviderKind } from '@payonce/plugin-sdk';
import { providerProblems } from './provider-problems.js';
import type { AnyKind } from './provider-problems.js';

/** A plugin as purchases record it. */
export interface ServingPlugin {
  readonly name: string;
  readonly version: string;
  readonly contractVersion: number;
}

/** The providers of an installation, by kind and id. The only place that knows of a container. */
export interface Registry {
  /** Where one plugin puts its providers: remembers who serves what. Throws a TypeError for a provider that cannot serve or whose id is taken. */
  by(plugin: ServingPlugin): PluginRegistry;
  get<Provider extends { readonly id: string }>(kind: ProviderKind<Provider>, id: string): Provider | undefined;
  list<Provider extends { readonly id: string }>(kind: ProviderKind<Provider>): readonly Provider[];
  servedBy(kind: AnyKind, id: string): ServingPlugin | undefined;
}

/** A symbol that says what resolves under it: the container's own tokens would let anything pass as anything. */
interface Token<Value> {
  readonly symbol: symbol;
  readonly resolves?: Value;
}

/** An empty registry with a container of its own. */
export function createRegistry(): Registry {
  const own = container.createChildContainer();
  return {
    by: (plugin) => ({
      add(kind, provider) {
        const problems = providerProblems({ kind, provider });
        if (problems.length > 0) throw new TypeError(`${nameOf(kind, provider)} ${problems.join(', ')}`);
        const taken = resolve(own, server(kind, provider.id));
        if (taken) throw new TypeError(`${kind.name} '${provider.id}' is already provided by plugin ${taken.name}`);
        own.registerInstance(one(kind, provider.id).symbol, provider);
        own.registerInstance(all(kind).symbol, provider);
        own.registerInstance(server(kind, provider.id).symbol, plugin);
      },
    }),
    get: (kind, id) => resolve(own, one(kind, id)),
    list: (kind) => resolveAll(own, all(kind)),
    servedBy: (kind, id) => resolve(own, server(kind, id)),
  };
}

const nameOf = (kind: AnyKind, provider: { readonly id: string } | undefined): string =>
  `${kind.name} '${String(provider?.id)}'`;

const one = <Provider extends { readonly id: string }>(kind: ProviderKind<Provider>, id: string): Token<Provider> => ({
  symbol: Symbol.for(`payonce.provider/${kind.name}/${id}`),
});
const all = <Provider extends { readonly id: string }>(kind: ProviderKind<Provider>): Token<Provider> => ({
  symbol: Symbol.for(`payonce.providers/${kind.name}`),
});
const server = (kind: AnyKind, id: string): Token<ServingPlugin> => ({
  symbol: Symbol.for(`payonce.served-by/${kind.name}/${id}`),
});

const resolve = <Value>(own: DependencyContainer, { symbol }: Token<Value>): Value | undefined =>
  own.isRegistered(symbol) ? own.resolve<Value>(symbol) : undefined;

/** The container throws when nothing is registered; here that is an empty list. */
const resolveAll = <Value>(own: DependencyContainer, { symbol }: Token<Value>): readonly Value[] =>
  own.isRegistered(symbol) ? own.resolveAll<Value>(symbol) : [];
