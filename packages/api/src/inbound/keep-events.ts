import type { Mode } from '@payonce/plugin-sdk';
import type { InboxEntry } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import type { VerifiedReport } from './verify-report.js';

/** Events of a processor, with whose they are. */
export interface KeptReport extends VerifiedReport {
  readonly processor: string;
  readonly mode: Mode;
}

/**
 * Keeps every event, once, however often it comes. Those that mean nothing to us are kept nowhere. Answers the new entries, for their sender to route: of a flood of
 * repetitions one reaches the purchase, and a sweeper takes up what a crash left unrouted.
 */
export async function keepEvents(
  { stores, ids, clock }: ApiDeps,
  { processor, mode, account, events }: KeptReport,
): Promise<readonly InboxEntry[]> {
  const receivedAt = clock.now();
  const telling = events.filter(({ kind }) => kind !== 'ignored');
  const entries = telling.map((event): InboxEntry => {
    const own = { processor, account, mode, eventId: event.id, event, receivedAt };
    return { ...own, id: ids.mint('inb'), payment: null, routedAt: null, tries: 0 };
  });
  const kept = await Promise.all(entries.map((entry) => stores.inbox.ensure(entry)));
  return kept.filter(({ id }) => entries.some((entry) => entry.id === id));
}
