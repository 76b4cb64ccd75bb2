import type { Desk } from '../connections/shop.js';
import { casesWaiting } from './cases-waiting.js';
import { leftLying } from './left-lying.js';
import { unfinishedWithoutWorkflow } from './unfinished.js';
import { unknownCharges } from './unknown-charges.js';

/** Something that does not go on by itself. */
export interface Stuck {
  /** The payment, session or other object concerned. */
  readonly object: string;
  readonly since: Date;
  /** What it is, and what is known of its reason. */
  readonly what: string;
  /** What to do, as a command where there is one. */
  readonly todo: string;
}

/** What is looked for. */
export interface StuckQuery {
  readonly now: Date;
  /** How far back records are compared with workflows. */
  readonly days: number;
}

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
