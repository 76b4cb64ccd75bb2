import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explained, wordsOf } from '../explained.js';
import { setUp } from '../setup/set-up.js';
import { buy } from './demo/buy.js';
import { links, sayFarewell } from './demo/farewell.js';
import { createNarrator } from './demo/narrator.js';
import type { Narrator } from './demo/narrator.js';
import { giveBack } from './demo/refund.js';
import { receive } from './demo/receive.js';
import { sell } from './demo/sell.js';
import { openReceiver } from './demo/webhook-receiver.js';
import { dropDatabases } from './drop-databases.js';
import { Interrupted, listenForInterruption } from './interruption.js';
import { freePort } from './ports.js';
import { newSecrets } from './secrets.js';
import { planStack } from './stack.js';
import type { Backends, Environment, Stack } from './stack.js';
import { createSupervisor } from './supervisor.js';
import type { Supervisor } from './supervisor.js';
import { createApi } from './web/api.js';

/** How the demonstration is run. */
export interface Demo {
  readonly backends: Backends;
  /** Whether everything stays at work afterwards, to be looked at. */
  readonly keep: boolean;
  readonly environment: Environment;
}

/** Sells for real: starts a whole stack on fresh data, plays merchant and buyer, and tells each step. Leaves nothing running. */
export async function runDemo(demo: Demo): Promise<void> {
  const interruption = listenForInterruption();
  const narrator = createNarrator();
  const folder = await mkdtemp(join(tmpdir(), 'payonce-demo-'));
  const supervisor = createSupervisor({ restarts: false, say: narrator.say });
  const stack = await planDemo(demo, folder);
  const end = async (): Promise<void> => {
    await supervisor.stop();
    await dropDatabases(stack.config);
  };
  try {
    const told = tell({ demo, narrator, stack, supervisor, stopped: interruption.asked });
    await Promise.race([told, supervisor.failure, interruption.failure]);
    await end();
    await rm(folder, { recursive: true, force: true });
  } catch (thrown) {
    await end();
    if (thrown instanceof Interrupted)
      throw new Explained('The demo was interrupted; everything is stopped.', { exitCode: 130 });
    const advice = `Everything is stopped. The logs of this run are in ${join(folder, 'logs')}; run it again to see whether it repeats.`;
    throw new Explained(`The demo failed: ${wordsOf(thrown)}\n${advice}`, { exitCode: 1, cause: thrown });
  }
}

interface Telling {
  readonly demo: Demo;
  readonly narrator: Narrator;
  readonly stack: Stack;
  readonly supervisor: Supervisor;
  readonly stopped: Promise<void>;
}

async function tell({ demo, narrator, stack, supervisor, stopped }: Telling): Promise<void> {
  const startedAt = performance.now();
  const receiver = await openReceiver();
  try {
    const key = await startStack({ narrator, stack, supervisor });
    const story = { narrator, receiver, apiUrl: stack.apiUrl, api: createApi({ url: stack.apiUrl, key }) };
    const offer = await sell(story);
    const paid = await buy(story, offer);
    const goods = await receive(story, paid);
    await giveBack(story, { paid, goods });
    const seconds = (performance.now() - startedAt) / 1000;
    sayFarewell({ narrator, paid, seconds, keep: demo.keep });
    if (!demo.keep) return;
    for (const line of links({ stack, backends: demo.backends, key, offer, paid })) narrator.say(line);
    await stopped;
  } finally {
    await receiver.close();
  }
}

/** Answers a key of the API. */
async function startStack({
  narrator,
  stack,
  supervisor,
}: Pick<Telling, 'narrator' | 'stack' | 'supervisor'>): Promise<string> {
  narrator.chapter('A fresh installation starts');
  const key = await narrator.step('setup', async () => {
    const done = await setUp({ config: stack.config, wish: { kind: 'first' } });
    if (done.key === undefined) throw new Explained('Setting up issued no key', { exitCode: 1 });
    const lines = [`namespace ${done.namespace.name}, search attributes, indexes, a business, a test key`];
    return { value: done.key.key, lines };
  });
  await narrator.step('processes', async () => {
    await supervisor.start(stack.services);
    return { value: undefined, lines: [`${stack.services.map(({ name }) => name).join(', ')} are ready`] };
  });
  return key;
}

/** Names of its own keep it apart from whatever else is on servers that somebody lent it. */
async function planDemo({ backends, environment }: Demo, folder: string): Promise<Stack> {
  const run = randomBytes(4).toString('hex');
  const { PAYONCE_CONFIG: _, ...rest } = environment;
  return planStack({
    backends,
    folder,
    environment: rest,
    secrets: newSecrets(),
    ports: { api: await freePort(), sandbox: await freePort(), worker: await freePort() },
    namespace: 'payonce-demo',
    database: `payonce_demo_${run}`,
    taskQueuePrefix: `payonce-demo-${run}`,
    businessName: 'Harbor Software',
  });
}
