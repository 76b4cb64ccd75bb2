import type { Mode } from '@payonce/plugin-sdk';
import type { InboxEntry } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import type { VerifiedReport } from './verify-report.js';

/** Keeps every event, once, however often it comes. Those that mean nothing to us are kept nowhere. Answers the entries that still have to be routed. */
export async function keepEvents(
  { stores, ids, clock }: ApiDeps,
  { processor, mode, account, events }: VerifiedReport & { readonly processor: string; readonly mode: Mode },
): Promise<readonly InboxEntry[]> {
  const telling = events.filter(({ kind }) => kind !== 'ignored');
  const kept = await Promise.all(
    telling.map((event) =>
      stores.inbox.ensure({
        id: ids.mint('inb'),
        processor,
        account,
        mode,
        eventId: event.id,
        event,
        receivedAt: clock.now(),
        payment: null,
        routedAt: null,
        tries: 0,
      }),
    ),
  );
  return kept.filter(({ routedAt }) => routedAt === null);
}
