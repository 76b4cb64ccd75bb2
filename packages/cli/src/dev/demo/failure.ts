import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained, wordsOf } from '../../explained.js';
import { Interrupted } from '../interruption.js';
import type { Supervisor } from '../supervisor.js';

const DEATH_IS_NOTICED_MS = 500;

/** What fails first is often a call to a process that just died: its death is the better news. */
export const deathBehind = ({ failure }: Pick<Supervisor, 'failure'>): Promise<unknown> =>
  Promise.race([failure.catch((death: unknown) => death), sleep(DEATH_IS_NOTICED_MS)]);

/** What to tell of a run that did not come to its end. */
export function explainFailure(thrown: unknown, logs: string): Explained {
  if (thrown instanceof Interrupted)
    return new Explained('The demo was interrupted; everything is stopped.', { exitCode: 130 });
  const where = existsSync(logs) ? ` The logs of this run are in ${logs}.` : '';
  const advice = `Everything is stopped.${where} Run it again to see whether it repeats.`;
  return new Explained(`The demo failed: ${wordsOf(thrown)}\n${advice}`, { exitCode: 1, cause: thrown });
}
