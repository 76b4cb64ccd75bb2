import { RetryableError } from '@payonce/plugin-sdk';
import type { ConfiguredPlugin, PluginHost, PluginStore } from '@payonce/plugin-sdk';

/** A store that does what it is asked, but whose next change is never confirmed. */
export interface FaultyHost extends PluginHost {
  loseNextAnswer(): void;
  holdNextAnswer(): void;
  clear(): void;
}

/** Puts faults in front of a host. */
export function faultyHost(host: PluginHost): FaultyHost {
  let next: 'lose' | 'hold' | undefined;
  const confirmed = async (changed: boolean): Promise<boolean> => {
    const fault = next;
    next = undefined;
    if (fault === 'lose') throw unreachable();
    return fault === 'hold' ? new Promise(() => undefined) : changed;
  };
  const isPayment = (key: string): boolean => key.startsWith('payment:');
  return {
    store(scope) {
      const store = host.store(scope);
      return {
        ...store,
        insert: async (key, value) =>
          isPayment(key) ? confirmed(await store.insert(key, value)) : store.insert(key, value),
        replace: async (entry) => confirmed(await store.replace(entry)),
      };
    },
    loseNextAnswer: () => void (next = 'lose'),
    holdNextAnswer: () => void (next = 'hold'),
    clear: () => void (next = undefined),
  };
}

const unreachable = (): RetryableError =>
  new RetryableError({ code: 'store_unreachable', message: 'the database does not answer' });

const away = async (): Promise<never> => {
  throw unreachable();
};
const nothing: PluginStore = { get: away, insert: away, replace: away, remove: away, list: away };

/** A host whose database is away. */
export const unreachableHost: PluginHost = { store: () => nothing };

/** A plugin in an installation of its own. */
export const within = (host: PluginHost, plugin: ConfiguredPlugin): ConfiguredPlugin => ({
  ...plugin,
  load: (registry) => plugin.load(registry, host),
});
