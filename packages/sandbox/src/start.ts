import { pino } from 'pino';
import { createApp } from './app.js';
import { listen } from './http-server.js';
import { createOperate } from './routes/operation.js';
import { createServices } from './services.js';
import type { RunningSandbox, SandboxOptions } from './settings.js';
import { openDatabase } from './store/database.js';
import type { Database } from './store/database.js';
import { createStores } from './store/stores.js';

/** Starts a sandbox payment service. Rejects when its database doesn't answer within 5 s or its port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const database = await openDatabase({ uri: options.mongodbUri, name: options.database });
  try {
    return await startWith(options, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function startWith(options: SandboxOptions, database: Database): Promise<RunningSandbox> {
  const { host = '127.0.0.1', port = 0, logger = pino({ level: 'silent' }), clock = () => new Date() } = options;
  const stopped = new AbortController();
  const closing = stopped.signal;
  let address = options.origin ?? '';
  const origin = (): string => address;

  const stores = createStores(database.db);
  const services = createServices({ options, stores, clock, logger, origin });
  const app = createApp({
    ...stores,
    ...services,
    store: stores.payments,
    operate: createOperate({ ...services, closing }),
    secretKey: options.secretKey,
    faultsAllowed: options.faults === true,
    ping: database.ping,
    closing,
    clock,
    logger,
    origin,
  });
  const server = await listen({ app, port, host });
  address ||= `http://localhost:${server.port}`;
  await services.resume();

  return {
    origin: address,
    port: server.port,
    async close() {
      stopped.abort();
      await server.close();
      await services.close();
      await database.close();
    },
  };
}
