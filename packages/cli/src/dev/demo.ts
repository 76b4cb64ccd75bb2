import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deathBehind, explainFailure } from './demo/failure.js';
import { createNarrator } from './demo/narrator.js';
import { planDemo } from './demo/plan.js';
import type { Demo } from './demo/plan.js';
import { tell } from './demo/tell.js';
import { openReceiver } from './demo/webhook-receiver.js';
import { dropDatabases } from './drop-databases.js';
import { Interrupted, listenForInterruption } from './interruption.js';
import { createSupervisor } from './supervisor.js';

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
    throw explainFailure(thrown, join(folder, 'logs'));
  }
}
