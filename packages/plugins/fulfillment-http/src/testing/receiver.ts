import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** For tests only. */
export const SECRET = `whsec_${Buffer.from('the-secret-of-the-tests-of-calls').toString('base64')}`;

/** What arrived. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { readonly type: string; readonly grant: { readonly id: string } };
}

/** What is answered: status, headers and body; 'lose' does what is asked and breaks the connection, 'hold' never answers. */
export type Plan =
  | 'lose'
  | 'hold'
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

/** A merchant's system that delivers once per grant. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  readonly deliveries: string[];
  readonly open: Set<string>;
  /** Instead of a delivery, in this order. */
  readonly plans: Plan[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const state = {
    received: [] as Received[],
    deliveries: [] as string[],
    open: new Set<string>(),
    plans: [] as Plan[],
  };
  const ended = new Set<string>();
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const body = JSON.parse(text) as Received['body'];
      state.received.push({ headers: request.headers, text, body });
      const plan = state.plans.shift();
      if (typeof plan !== 'object') act(body);
      if (plan === 'lose') return request.socket.destroy();
      if (plan === 'hold') return undefined;
      const { status = 200, headers = {}, body: answer = goods(body.grant.id) } = plan ?? {};
      const type = { 'content-type': 'application/json' };
      return response
        .writeHead(status, { ...type, ...headers })
        .end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  const act = ({ type, grant: { id } }: Received['body']): void => {
    if (type === 'revoke') {
      ended.add(id);
      state.open.delete(id);
    } else if (!ended.has(id)) {
      if (!state.deliveries.includes(id)) state.deliveries.push(id);
      state.open.add(id);
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { ...state, url: `http://127.0.0.1:${port}/payonce`, close: () => closed(server) };
}

const goods = (grant: string) => ({
  outcome: 'delivered',
  items: [{ label: 'Seat', value: `seat of ${grant}` }],
});

async function textOf(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
