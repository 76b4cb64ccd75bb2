import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** For tests only. */
export const SECRET = `whsec_${Buffer.from('the-secret-of-the-tests-of-taxes').toString('base64')}`;

/** What arrived, and how long it was waited for. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What is answered instead: status, headers and body; 'lose' does what is asked and breaks the connection, 'hold' never answers, 'drip' sends headers and then nothing. */
export type Plan =
  | 'lose'
  | 'hold'
  | 'drip'
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

/** A merchant's calculator that taxes Germans and keeps a record of payments. */
export interface CalculatorServer {
  readonly origin: string;
  readonly received: Received[];
  readonly records: Set<string>;
  /** Instead of the right answer, in this order. */
  readonly plans: Plan[];
  close(): Promise<void>;
}

interface Question {
  readonly type: string;
  readonly payment_id: string;
  readonly buyer: { readonly country: string };
  readonly lines: readonly { readonly id: string; readonly category: string }[];
}

const VAT = { name: 'MwSt.', rate: '19/100', jurisdiction: 'DE', reason: 'standard' };

/** What it answers when nothing goes wrong. */
export const answerTo = ({ buyer, lines }: Pick<Question, 'buyer' | 'lines'>): object => ({
  lines: lines.map(({ id }) =>
    buyer.country === 'DE'
      ? { line: id, taxes: [VAT], reason: 'standard' }
      : { line: id, taxes: [], reason: 'out_of_scope' },
  ),
});

export async function startCalculatorServer(): Promise<CalculatorServer> {
  const state = { received: [] as Received[], records: new Set<string>(), plans: [] as Plan[] };
  const server = createServer((request, response) => void serve({ request, response, state }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { ...state, origin: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly state: Pick<CalculatorServer, 'received' | 'records' | 'plans'>;
}

async function serve({ request, response, state }: Exchange): Promise<void> {
  const text = await textOf(request);
  state.received.push({ path: request.url ?? '', headers: request.headers, text });
  const question = verified(text, request.headers);
  if (question === undefined)
    return void response.writeHead(401).end(JSON.stringify({ code: 'bad_signature', message: 'not signed by us' }));
  const plan = state.plans.shift();
  if (typeof plan !== 'object') keep(question, state.records);
  if (plan === 'lose') return void request.socket.destroy();
  if (plan === 'hold') return undefined;
  const { status = 200, headers = {}, body = right(question) } = typeof plan === 'object' ? plan : {};
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  if (plan === 'drip') return void response.write('{"lines":');
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** By the library that receivers of such messages use; undefined when the signature is wrong. */
function verified(text: string, headers: IncomingHttpHeaders): Question | undefined {
  try {
    return new Webhook(SECRET).verify(text, headersOf(headers)) as Question;
  } catch {
    return undefined;
  }
}

const right = (question: Question): object => (question.type === 'tax.calculate' ? answerTo(question) : {});

function keep({ type, payment_id: payment }: Question, records: Set<string>): void {
  if (type === 'tax.commit') records.add(payment);
  if (type === 'tax.void') records.delete(payment);
}

const headersOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

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
