import { Client, Connection } from '@temporalio/client';
import type { CliConfig } from '../config.js';
import { Explained, wordsOf } from '../explained.js';

/** Temporal, connected. */
export interface Temporal {
  readonly connection: Connection;
  readonly client: Client;
  readonly namespace: string;
}

const CONNECT_MS = 5_000;

/** Connects to Temporal; whether the namespace exists is another question. */
export async function openTemporal({
  TEMPORAL_ADDRESS: address,
  TEMPORAL_NAMESPACE: namespace,
}: Pick<CliConfig, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>): Promise<Temporal> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_MS }).catch((cause: unknown) => {
    throw new Explained(`Temporal does not answer at ${address} (${wordsOf(cause)})`, { cause });
  });
  return { connection, client: new Client({ connection, namespace }), namespace };
}
