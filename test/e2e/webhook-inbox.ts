import type DodoPayments from 'dodopayments';
import { receivers } from '../setup/receiver.js';
import { eventually } from '../support/eventually.js';

/** A post of a webhook, as it arrived. */
interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly type: string;
}

/** A merchant's server for webhooks. */
export interface WebhookInbox {
  readonly url: string;
  /** Everything that came about an object of ours, by its id, in the order in which it came. */
  about(id: string): readonly Post[];
  /** Waits until each of these types came about it, and answers what the official client unwraps from them. Throws when a signature is wrong. */
  unwrapped(wanted: {
    readonly client: DodoPayments;
    readonly about: string;
    readonly types: readonly string[];
  }): Promise<readonly DodoPayments.Webhooks.UnwrapWebhookEvent[]>;
  close(): Promise<void>;
}

/** Opens one. */
export async function openInbox(): Promise<WebhookInbox> {
  const servers = receivers();
  const { port, hits } = await servers.serve();
  const about = (id: string): readonly Post[] =>
    hits
      .filter(({ body }) => body.includes(id))
      .map(({ body, headers }) => ({
        body,
        type: String(JSON.parse(body).type),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      }));
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    about,
    async unwrapped({ client, about: id, types }) {
      const posts = await eventually(
        async () => about(id),
        (came) => types.every((type) => came.some((post) => post.type === type)),
      );
      return posts.map(({ body, headers }) => client.webhooks.unwrap(body, { headers }));
    },
    close: servers.close,
  };
}
