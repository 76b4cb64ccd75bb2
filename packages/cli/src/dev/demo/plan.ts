import { randomBytes } from 'node:crypto';
import { freePort } from '../ports.js';
import { newSecrets } from '../secrets.js';
import { planStack } from '../stack.js';
import type { Backends, Environment, Stack } from '../stack.js';

/** How the demonstration is run. */
export interface Demo {
  readonly backends: Backends;
  /** Whether everything stays at work afterwards, to be looked at. */
  readonly keep: boolean;
  readonly environment: Environment;
}

/** A stack for one run. Names of its own keep it apart from whatever else is on servers that somebody lent it. */
export async function planDemo({ backends, environment }: Demo, folder: string): Promise<Stack> {
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
