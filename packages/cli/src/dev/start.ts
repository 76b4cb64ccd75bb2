import { join, relative } from 'node:path';
import { setUp } from '../setup/set-up.js';
import { writeSecretFile } from '../secret-file.js';
import { Interrupted, listenForInterruption } from './interruption.js';
import { keptDemoProduct } from './kept-demo-product.js';
import { dataFolder, rememberEnvironment } from './local-stack.js';
import { portFrom } from './ports.js';
import { keptSecrets } from './secrets.js';
import { planStack } from './stack.js';
import type { Backends, Environment, Stack } from './stack.js';
import { createSupervisor } from './supervisor.js';
import { createApi } from './web/api.js';

/** How the development stack is run. */
export interface Start {
  readonly backends: Backends;
  readonly environment: Environment;
  /** Where the API is looked for a port from. */
  readonly apiPort: number;
}

const SANDBOX_PORT = 3100;
const WORKER_PORT = 3200;

const say = (line: string): void => console.log(line);

/** Runs a stack whose data survive, until somebody ends it. A process that crashes is started again. */
export async function runStart({ backends, environment, apiPort }: Start): Promise<void> {
  const interruption = listenForInterruption();
  const folder = dataFolder(environment);
  const supervisor = createSupervisor({ restarts: true, say });
  try {
    const stack = await planStart({ backends, environment, folder, apiPort });
    const started = start({ stack, supervisor, folder, backends });
    await Promise.race([started, supervisor.failure, interruption.failure]);
    await Promise.race([supervisor.failure, interruption.failure]);
  } catch (thrown) {
    if (!(thrown instanceof Interrupted)) throw thrown;
  } finally {
    say('Stopping');
    await supervisor.stop();
  }
}

async function planStart({
  backends,
  environment,
  folder,
  apiPort,
}: Start & { readonly folder: string }): Promise<Stack> {
  return planStack({
    backends,
    folder,
    environment,
    secrets: await keptSecrets(join(folder, 'secrets.json')),
    ports: {
      api: await portFrom({ from: apiPort, what: 'API', say }),
      sandbox: await portFrom({ from: SANDBOX_PORT, what: 'sandbox', say }),
      worker: await portFrom({ from: WORKER_PORT, what: 'worker', say }),
    },
    namespace: 'payonce',
    database: 'payonce',
    taskQueuePrefix: 'payonce',
    businessName: 'My shop',
  });
}

interface Starting {
  readonly stack: Stack;
  readonly supervisor: ReturnType<typeof createSupervisor>;
  readonly folder: string;
  readonly backends: Backends;
}

async function start({ stack, supervisor, folder, backends }: Starting): Promise<void> {
  const keyFile = join(folder, 'api-key');
  say('Setting up');
  const { key } = await setUp({ config: stack.config, wish: { kind: 'file', path: keyFile } });
  say(`Starting ${stack.services.map(({ name }) => name).join(', ')}`);
  await supervisor.start(stack.services);
  const apiKey = key?.key ?? '';
  const product = await keptDemoProduct({
    api: createApi({ url: stack.apiUrl, key: apiKey }),
    path: join(folder, 'demo-product'),
  });
  const facts = {
    api_url: stack.apiUrl,
    api_key: apiKey,
    demo_product_id: product,
    temporal_address: backends.temporal,
    temporal_namespace: stack.config.TEMPORAL_NAMESPACE,
    temporal_ui_url: backends.temporalUi ?? null,
    mongodb_uri: backends.mongodb,
  };
  await writeSecretFile({ path: join(folder, 'dev.json'), text: `${JSON.stringify(facts, null, 2)}\n` });
  await rememberEnvironment(folder, stack.environment);
  for (const line of greeting({ facts, folder })) say(line);
}

interface Greeting {
  readonly folder: string;
  readonly facts: {
    readonly api_url: string;
    readonly api_key: string;
    readonly demo_product_id: string;
    readonly temporal_namespace: string;
    readonly temporal_ui_url: string | null;
  };
}

function greeting({ facts, folder }: Greeting): readonly string[] {
  const fromHere = relative(process.cwd(), folder);
  const shownFolder = fromHere === '' || fromHere.startsWith('..') ? folder : fromHere;
  const { api_url: api, temporal_ui_url: ui, temporal_namespace: namespace } = facts;
  return [
    '',
    `payonce is running. Its data are in ${shownFolder} and survive restarts.`,
    '',
    `  API            ${api}`,
    `  test key       ${facts.api_key}`,
    `  buy something  ${api}/buy/${facts.demo_product_id}   (card 4242 4242 4242 4242, any future date)`,
    ...(ui === null ? [] : [`  Temporal UI    ${ui}/namespaces/${namespace}/workflows`]),
    `  for scripts    ${join(shownFolder, 'dev.json')} has the same`,
    `  logs           ${join(shownFolder, 'logs')}`,
    '',
    `  curl -H "Authorization: Bearer ${facts.api_key}" ${api}/products`,
    '',
    'In another terminal: npm run payonce -- stuck. Ctrl-C stops everything.',
  ];
}
