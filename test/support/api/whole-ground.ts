import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSecrets, newApiKey, systemClock } from '@payonce/engine/adapters';
import { SEARCH_ATTRIBUTES } from '@payonce/engine/messages';
import type { Stores } from '@payonce/engine/ports';
import { Connection } from '@temporalio/client';
import { testTemporalAddress } from '../../setup/temporal.js';

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What the processes expect of the Temporal server. */
export async function addSearchAttributes(): Promise<void> {
  const connection = await Connection.connect({ address: testTemporalAddress() });
  const numbers = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 } as const;
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, numbers[type]]));
  await connection.operatorService
    .addSearchAttributes({ namespace: 'default', searchAttributes })
    .catch((error: unknown) => {
      if (!String(error).includes('exist')) throw error;
    });
  await connection.close();
}

/** A merchant. Answers their test key. */
export async function addShop({ businesses }: Stores, secret: string): Promise<string> {
  const key = newApiKey({ mode: 'test' });
  const createdAt = systemClock.now();
  const business = 'bus_whole';
  await businesses.ensure({
    id: business,
    name: 'Shop',
    brand: 'brnd_whole',
    country: 'DE',
    refundWindowDays: 30,
    createdAt,
  });
  const hash = createSecrets({ key: secret }).hash(key);
  const last4 = key.slice(-4);
  await businesses.addKey({ business, mode: 'test', hash, last4, name: 'first', createdAt, revokedAt: null });
  return key;
}
