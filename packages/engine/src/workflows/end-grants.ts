import { condition } from '@temporalio/workflow';
import type { GrantId } from '../domain/ids.js';
import { aside } from './aside.js';
import { revoke } from './fulfill.js';
import type { Purchase } from './purchase-context.js';

/** Ends grants by the merchant's word, from the moment money moved until the run closes, each on its own. */
export async function serveEndings(p: Purchase): Promise<void> {
  const running = new Set<GrantId>();
  for (;;) {
    await condition(() => p.endRequests.length > 0 || p.closing);
    const asked = p.endRequests.shift();
    if (asked === undefined) break;
    const plan = p.grants.find(({ grant }) => grant === asked);
    if (plan === undefined || p.endedGrants.has(asked) || running.has(asked)) continue;
    running.add(asked);
    // The run does not close over it: what is reported meanwhile would be lost.
    aside(p, async () => {
      await revoke(p, [plan], 'operator');
      running.delete(asked);
    });
  }
  await condition(() => running.size === 0);
}
