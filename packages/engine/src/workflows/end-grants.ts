import { condition } from '@temporalio/workflow';
import type { GrantId } from '../domain/ids.js';
import { revoke } from './fulfill.js';
import type { Purchase } from './purchase-context.js';

/** Ends grants by the merchant's word, from the moment money moved until the run closes, each on its own. */
export async function serveEndings(p: Purchase): Promise<void> {
  const running = new Map<GrantId, Promise<void>>();
  for (;;) {
    await condition(() => p.endRequests.length > 0 || p.closing);
    const asked = p.endRequests.shift();
    if (asked === undefined) break;
    const plan = p.grants.find(({ grant }) => grant === asked);
    if (plan === undefined || p.endedGrants.has(asked) || running.has(asked)) continue;
    running.set(
      asked,
      revoke(p, [plan], 'operator').finally(() => void running.delete(asked)),
    );
  }
  await Promise.all(running.values());
}
