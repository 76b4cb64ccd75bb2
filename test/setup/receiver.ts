import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { runInThisContext } from 'node:vm';

/** What a web server was asked. */
export interface Hit {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Servers of one test file, on ports of 0.0.0.0 that were free. */
export interface Receivers {
  /** A web server that remembers what it was asked, in full, before it answers. */
  serve(answer?: RequestListener): Promise<{ readonly port: number; readonly hits: Hit[] }>;
  /** A server that knows no HTTP: it does with each connection what it is told, after the first bytes. */
  serveRaw(behave: (socket: Socket) => void): Promise<number>;
  listen(server: Server): Promise<number>;
  /** Ends all servers and connections. Call it in `afterEach`. */
  close(): Promise<void>;
}

/** Real servers on this machine, for tests of what posts to others. */
export function receivers(): Receivers {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const listen = async (server: Server): Promise<number> => {
    servers.push(server.on('connection', (socket: Socket) => sockets.add(socket)));
    await new Promise<void>((ready) => server.listen(0, '0.0.0.0', ready));
    return (server.address() as AddressInfo).port;
  };
  return {
    listen,
    serve: async (answer = (_, response) => response.end('ok')) => {
      const hits: Hit[] = [];
      return { port: await listen(createServer(remembering({ hits, answer }))), hits };
    },
    serveRaw: (behave) =>
      listen(createTcpServer((socket) => socket.on('error', () => {}).once('data', () => behave(socket)))),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
    },
  };
}

const remembering =
  ({ hits, answer }: { readonly hits: Hit[]; readonly answer: RequestListener }): RequestListener =>
  (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      hits.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  };

/** Runs something under other environment variables. Sets them in the process itself: what jest shows as `process.env` is a copy that Node's own modules never see. */
export async function withEnvironment<Result>(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> {
  const environment: NodeJS.ProcessEnv = runInThisContext('process.env');
  const before = Object.keys(variables).map((name) => [name, environment[name]] as const);
  Object.assign(environment, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete environment[name];
      else environment[name] = value;
    }
  }
}
