import { Client, Connection } from '@temporalio/client';

/** A connection to Temporal that need not exist yet: calls reject until it does, and then again while it is lost. */
export interface TemporalConnection {
  readonly client: Client;
  /** Rejects while the server does not answer, or does not know the namespace. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const PING_MS = 2_000;

/** Connects at the first call, so a process can start, and take what it can store, while Temporal is away. */
export function connectTemporal({
  address,
  namespace,
}: {
  readonly address: string;
  readonly namespace: string;
}): TemporalConnection {
  const connection = Connection.lazy({ address });
  return {
    client: new Client({ connection, namespace }),
    async ping() {
      await connection.withDeadline(Date.now() + PING_MS, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
    },
    close: () => connection.close(),
  };
}
