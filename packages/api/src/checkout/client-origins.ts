import { processorsOf } from '@payonce/engine/domain';
import type { Session } from '@payonce/engine/domain';
import type { ProcessorCaller } from '@payonce/engine/plugins';
import type { Logger } from '@payonce/engine/ports';
import type { ClientConfig } from '@payonce/plugin-sdk';

/** Processors as far as pages that offer to pay ask. */
export interface ClientPlugins {
  processor(id: string): Pick<ProcessorCaller, 'clientConfig'>;
}

export interface ClientOriginsDeps {
  readonly plugins: ClientPlugins;
  readonly logger: Logger;
}

/** Of pages that need nothing from elsewhere. */
export const NO_ORIGINS: ClientConfig = { scriptOrigins: [], frameOrigins: [], connectOrigins: [] };

const DEADLINE_MS = 1_000;

/** What the page of a session may load for whoever may take its money. A processor that fails to say adds nothing: the page is shown without. */
export async function clientOrigins(
  { plugins, logger }: ClientOriginsDeps,
  { id, mode, servedBy }: Pick<Session, 'id' | 'mode' | 'servedBy'>,
): Promise<ClientConfig> {
  const options = { idempotencyKey: `${id}:client`, mode, deadlineMs: DEADLINE_MS };
  const asked = processorsOf(servedBy).map(async (processor) => {
    try {
      return await plugins.processor(processor).clientConfig(options);
    } catch (error) {
      logger.warn({ processor, session: id, error }, 'a page is shown without what its processor wants to load');
      return NO_ORIGINS;
    }
  });
  const configs = await Promise.all(asked);
  return {
    scriptOrigins: configs.flatMap(({ scriptOrigins }) => scriptOrigins),
    frameOrigins: configs.flatMap(({ frameOrigins }) => frameOrigins),
    connectOrigins: configs.flatMap(({ connectOrigins }) => connectOrigins),
  };
}
