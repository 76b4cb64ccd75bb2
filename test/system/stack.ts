import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecords } from '../../packages/cli/src/connections/records.js';
import type { Records } from '../../packages/cli/src/connections/records.js';
import { startChild } from '../../packages/cli/src/dev/child.js';
import type { Child } from '../../packages/cli/src/dev/child.js';
import { freePort } from '../../packages/cli/src/dev/ports.js';
import { untilReady } from '../../packages/cli/src/dev/ready.js';
import { newSecrets } from '../../packages/cli/src/dev/secrets.js';
import { planStack } from '../../packages/cli/src/dev/stack.js';
import type { Stack as Plan } from '../../packages/cli/src/dev/stack.js';
import type { Service } from '../../packages/cli/src/dev/supervisor.js';
import { setUp } from '../../packages/cli/src/setup/set-up.js';
import { testDatabase } from '../setup/mongodb.js';
import { temporalServer } from './temporal-server.js';
import type { TemporalServer } from './temporal-server.js';

/** What can be killed. */
export type ProcessName = 'temporal' | 'worker' | 'api' | 'sandbox';

/** An installation of real processes: Temporal with its data in a file, sandbox, worker and api from their compiled code. */
export interface Stack extends Pick<Plan, 'apiUrl' | 'sandboxUrl' | 'config'> {
  /** A secret key of the API, in test mode. */
  readonly key: string;
  readonly sandboxKey: string;
  readonly records: Records;
  /** SIGKILL: no goodbye, nothing flushed. */
  kill(name: ProcessName): Promise<void>;
  /** Starts what was killed; resolves once it is ready. */
  restart(name: ProcessName): Promise<void>;
  /** Ends everything and removes its data. */
  stop(): Promise<void>;
}

/** Starts an installation and waits until all of it is ready. Needs `build` before. */
export async function startStack({
  label,
  environment = {},
}: {
  readonly label: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'payonce-system-'));
  const database = await testDatabase(label);
  const temporal = temporalServer({ folder, port: await freePort() });
  await temporal.start();
  const secrets = newSecrets();
  const plan = planStack({
    backends: { temporal: temporal.address, temporalUi: undefined, mongodb: database.uri },
    ports: { api: await freePort(), sandbox: await freePort(), worker: await freePort() },
    secrets,
    folder,
    namespace: 'payonce',
    database: database.name,
    taskQueuePrefix: 'payonce',
    businessName: 'Crash test',
    environment: { PATH: process.env['PATH'], LOG_LEVEL: 'info', ...environment },
  });
  const processes = processTable({ services: plan.services, temporal });
  const { key, records } = await bringUp({ plan, processes }).catch(async (error: unknown) => {
    await processes.stopAll();
    throw error;
  });
  return {
    ...plan,
    ...processes,
    key,
    sandboxKey: secrets.sandboxKey,
    records,
    async stop() {
      await processes.stopAll();
      await records.mongo.close();
      await database.client.db(`${database.name}_sandbox`).dropDatabase();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function bringUp({
  plan: { config, services },
  processes,
}: {
  readonly plan: Plan;
  readonly processes: Pick<Stack, 'restart'>;
}) {
  const { key } = await setUp({ config, wish: { kind: 'first' } });
  if (key === undefined) throw new Error('the set-up issued no key');
  await Promise.all(services.map(({ name }) => processes.restart(nameOf(name))));
  return { key: key.key, records: await openRecords(config) };
}

const nameOf = (name: string): Exclude<ProcessName, 'temporal'> => {
  if (name === 'worker' || name === 'api' || name === 'sandbox') return name;
  throw new Error(`${name} is no process of an installation`);
};

function processTable({
  services,
  temporal,
}: {
  readonly services: readonly Service[];
  readonly temporal: TemporalServer;
}) {
  const running = new Map<string, Child>();
  const serviceOf = (name: ProcessName): Service => {
    const service = services.find((each) => each.name === name);
    if (service === undefined) throw new Error(`there is no ${name} to start`);
    return service;
  };
  return {
    async kill(name: ProcessName) {
      if (name === 'temporal') return temporal.kill();
      const child = running.get(name);
      running.delete(name);
      if (child?.pid === undefined) throw new Error(`${name} is not running`);
      process.kill(-child.pid, 'SIGKILL');
      await child.exited;
    },
    async restart(name: ProcessName) {
      if (name === 'temporal') return temporal.start();
      const service = serviceOf(name);
      running.set(name, startChild(service));
      const { signal } = new AbortController();
      await untilReady({ name, url: service.readyUrl, say: () => undefined, signal });
    },
    async stopAll() {
      await Promise.all([...running.values()].map((child) => child.stop()));
      await temporal.stop();
    },
  };
}
