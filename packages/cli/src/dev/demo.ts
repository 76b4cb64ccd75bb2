import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained, wordsOf } from '../explained.js';
import { createNarrator } from './demo/narrator.js';
import { planDemo } from './demo/plan.js';
import type { Demo } from './demo/plan.js';
import { tell } from './demo/tell.js';
import { openReceiver } from './demo/webhook-receiver.js';
import { dropDatabases } from './drop-databases.js';
import { Interrupted, listenForInterruption } from './interruption.js';
import { createSupervisor } from './supervisor.js';
import type { Supervisor } from './supervisor.js';

const DEATH_IS_NOTICED_MS = 500;

/** Sells for real: starts a whole stack on fresh data, plays merchant and buyer, and tells each step. Leaves nothing running. */
export async function runDemo(demo: Demo): Promise<void> {
  const interruption = listenForInterruption();
  const narrator = createNarrator();
  const folder = await mkdtemp(join(tmpdir(), 'payonce-demo-'));
  const supervisor = createSupervisor({ restarts: false, say: narrator.say });
  const receiver = await openReceiver();
  const stack = await planDemo(demo, folder);
  const end = async (): Promise<void> => {
    await supervisor.stop();
    await receiver.close();
    await dropDatabases(stack.config);
  };
  try {
    const told = tell({ demo, narrator, stack, supervisor, receiver });
    await Promise.race([told, supervisor.failure, interruption.failure]);
    if (demo.keep) await Promise.race([interruption.asked, supervisor.failure]);
    await end();
    await rm(folder, { recursive: true, force: true });
  } catch (first) {
    const thrown = (await deathBehind(supervisor)) ?? first;
    await end();
    if (thrown instanceof Interrupted) await rm(folder, { recursive: true, force: true });
    throw toldOf(thrown, join(folder, 'logs'));
  }
}

/** What fails first is often a call to a process that just died: its death is the better news. */
const deathBehind = ({ failure }: Pick<Supervisor, 'failure'>): Promise<unknown> =>
  Promise.race([failure.catch((death: unknown) => death), sleep(DEATH_IS_NOTICED_MS)]);

function toldOf(thrown: unknown, logs: string): Explained {
  if (thrown instanceof Interrupted)
    return new Explained('The demo was interrupted; everything is stopped.', { exitCode: 130 });
  const where = existsSync(logs) ? ` The logs of this run are in ${logs}.` : '';
  const advice = `Everything is stopped.${where} Run it again to see whether it repeats.`;
  return new Explained(`The demo failed: ${wordsOf(thrown)}\n${advice}`, { exitCode: 1, cause: thrown });
}
