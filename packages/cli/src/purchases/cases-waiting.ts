import type { SessionId } from '@payonce/engine/domain';
import type { Desk } from '../connections/shop.js';
import { resolveCommand } from './commands-to-type.js';
import { runningWith } from './running.js';
import type { Stuck, StuckQuery } from './stuck-entry.js';
import { liveState } from './workflow.js';

/** Purchases that wait for a decision: one entry per open case. */
export async function casesWaiting(desk: Desk, query: StuckQuery): Promise<readonly Stuck[]> {
  const sessions = await runningWith(desk, 'needs_attention');
  return (await Promise.all(sessions.map((session) => casesOf(desk, session, query)))).flat();
}

async function casesOf(desk: Desk, session: SessionId, { now }: StuckQuery): Promise<readonly Stuck[]> {
  const live = await liveState(desk, session);
  if ('silence' in live) return [{ object: session, since: now, what: live.silence, todo: 'start a worker' }];
  const { payment, attention } = live.view;
  return attention.map((open) => ({
    object: payment,
    since: new Date(open.since),
    what: `${open.id}: ${open.reason}`,
    todo: resolveCommand({ payment, open }),
  }));
}
