import { routeInbox } from '@payonce/engine/client';
import { isDomainError } from '@payonce/engine/domain';
import type { InboxEntry } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import { keepEvents } from './keep-events.js';
import type { KeptReport } from './keep-events.js';

/** Keeps what a processor reported and tells the purchases that it is about. */
export async function takeIn(deps: ApiDeps, report: KeptReport): Promise<void> {
  for (const entry of await keepEvents(deps, report)) await routeEntry(deps, entry);
}

/** What cannot be told now is told by a sweeper: the entry stays unrouted. */
export async function routeEntry(deps: ApiDeps, entry: InboxEntry): Promise<void> {
  try {
    await routeInbox({ stores: deps.stores, client: deps.purchases, clock: deps.clock, logger: deps.logger })(entry);
  } catch (error) {
    deps.logger.warn(
      { code: isDomainError(error) ? error.code : 'failed', inbox: entry.id },
      'a report is routed later',
    );
  }
}
