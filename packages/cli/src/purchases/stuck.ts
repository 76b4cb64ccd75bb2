import type { Desk } from '../connections/shop.js';
import { casesWaiting } from './cases-waiting.js';
import { leftLying } from './left-lying.js';
import type { Stuck, StuckQuery } from './stuck-entry.js';
import { unfinishedWithoutWorkflow } from './unfinished.js';
import { unknownCharges } from './unknown-charges.js';

/** Everything that needs somebody, the oldest first. */
export async function findStuck(desk: Desk, query: StuckQuery): Promise<readonly Stuck[]> {
  const found = await Promise.all([
    casesWaiting(desk, query),
    unknownCharges(desk, query),
    unfinishedWithoutWorkflow(desk, query),
    leftLying(desk, query),
  ]);
  return found.flat().sort((one, other) => one.since.getTime() - other.since.getTime());
}
