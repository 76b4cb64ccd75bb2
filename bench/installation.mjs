import { openRecords } from '../packages/cli/dist/connections/records.js';
import { openTemporal } from '../packages/cli/dist/connections/temporal.js';
import { startChild } from '../packages/cli/dist/dev/child.js';
import { freePort } from '../packages/cli/dist/dev/ports.js';
import { untilReady } from '../packages/cli/dist/dev/ready.js';
import { newSecrets } from '../packages/cli/dist/dev/secrets.js';
import { planStack } from '../packages/cli/dist/dev/stack.js';
import { setUp } from '../packages/cli/dist/setup/set-up.js';

/** Nobody is counted: all requests come from one address. */
const UNLIMITED = Object.fromEntries(
  ['PUBLIC', 'FILE', 'INBOUND'].map((name) => [`${name}_REQUESTS_PER_MINUTE`, '10000000']),
);

/** Starts sandbox, worker and api as processes of their own, as npm start does, and waits until they are ready. */
export async function startInstallation({ temporal, mongodb, folder }) {
  const secrets = newSecrets();
  const plan = planStack({
    backends: { temporal, temporalUi: undefined, mongodb },
    ports: { api: await freePort(), sandbox: await freePort(), worker: await freePort() },
    secrets,
    folder,
    namespace: 'payonce',
    database: 'payonce_bench',
    taskQueuePrefix: 'payonce',
    businessName: 'Bench',
    environment: { PATH: process.env.PATH, ...UNLIMITED },
  });
  const { key } = await setUp({ config: plan.config, wish: { kind: 'first' } });
  const children = plan.services.map((service) => ({ service, child: startChild(service) }));
  const { signal } = new AbortController();
  await Promise.all(
    plan.services.map(({ name, readyUrl: url }) => untilReady({ name, url, say: console.error, signal })),
  );
  const records = await openRecords(plan.config);
  const { client, connection } = await openTemporal(plan.config);
  return {
    apiUrl: plan.apiUrl,
    records,
    client,
    key: key.key,
    pids: Object.fromEntries(children.map(({ service, child }) => [service.name, child.pid])),
    async stop() {
      await records.mongo.close();
      await connection.close();
      for (const { child } of children.toReversed()) await child.stop();
    },
  };
}
