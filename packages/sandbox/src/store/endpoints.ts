import type { Collection, Db } from 'mongodb';

/** Where webhooks go. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly createdAt: Date;
}

export interface EndpointStore {
  /** Adds an endpoint; the same address again only gets the new secret. Answers the stored one. */
  put(endpoint: WebhookEndpoint): Promise<WebhookEndpoint>;
  find(id: string): Promise<WebhookEndpoint | undefined>;
  list(): Promise<readonly WebhookEndpoint[]>;
}

type EndpointDocument = Omit<WebhookEndpoint, 'id'> & { readonly _id: string; readonly schemaVersion: 1 };

const collection = (db: Db): Collection<EndpointDocument> => db.collection<EndpointDocument>('webhook_endpoints');

export async function endpointIndexes(db: Db): Promise<void> {
  await collection(db).createIndex({ url: 1 }, { unique: true });
}

const toEndpoint = ({ _id, url, secret, createdAt }: EndpointDocument): WebhookEndpoint => ({
  id: _id,
  url,
  secret,
  createdAt,
});

export function createEndpointStore(db: Db): EndpointStore {
  const endpoints = collection(db);
  return {
    async put({ id, url, secret, createdAt }) {
      await endpoints.updateOne(
        { url },
        { $set: { secret }, $setOnInsert: { _id: id, createdAt, schemaVersion: 1 } },
        { upsert: true },
      );
      const stored = await endpoints.findOne({ url });
      return stored === null ? { id, url, secret, createdAt } : toEndpoint(stored);
    },
    async find(id) {
      const document = await endpoints.findOne({ _id: id });
      return document === null ? undefined : toEndpoint(document);
    },
    async list() {
      return (await endpoints.find().toArray()).map(toEndpoint);
    },
  };
}
