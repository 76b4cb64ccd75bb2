import { FULFILLMENT_PROVIDER, PermanentError, definePlugin } from '@payonce/plugin-sdk';
import type { FulfillmentProvider, Plugin, PluginDefinition } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { remoteOptions } from './options.js';
import type { RemoteOptions } from './options.js';

/** As in package.json. */
export const VERSION = '0.1.0';

const providerOf = ({
  id,
  displayName,
  taskQueue,
  summary,
  settings: described,
}: RemoteOptions): FulfillmentProvider => ({
  id,
  displayName,
  taskQueue,
  reach: 'remote',
  settings: described.parser,
  describe: () => ({ summary, settings: described.schema }),
  /** Asked by nobody who asks the worker; whoever asks here is told who will do it. */
  async fulfill({ grant: { product, settings }, signal }) {
    signal.throwIfAborted();
    const { issues } = await described.parser['~standard'].validate(settings);
    if (issues === undefined) return { outcome: 'pending', awaiting: `the worker of ${displayName}` };
    throw new PermanentError({
      code: 'settings_invalid',
      message: `the settings of product ${product} do not parse: save them again, then retry`,
    });
  },
  /** The worker takes back what it made. */
  async revoke() {},
});

const DEFINITION: PluginDefinition<RemoteOptions> = {
  name: 'fulfillment-remote',
  version: VERSION,
  contractVersion: 1,
  options: remoteOptions,
  register(registry, options) {
    registry.add(FULFILLMENT_PROVIDER, providerOf(options));
  },
};

const named = z.object({ id: z.string() });

/** Each is a plugin of its own, so that several can be configured. */
const nameOf = (options: unknown): string => {
  const { success, data } = named.safeParse(options);
  return success ? `${DEFINITION.name}-${data.id}` : DEFINITION.name;
};

/** A provider whose work is done by a worker of yours, in any language, on a task queue of its own. May be listed several times, under different ids. */
export const fulfillmentRemote: Plugin<RemoteOptions> = Object.assign(
  (options: unknown = {}) => definePlugin({ ...DEFINITION, name: nameOf(options) })(options),
  { definition: DEFINITION },
);
