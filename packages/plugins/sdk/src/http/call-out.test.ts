import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { pluginErrorKind } from '../errors.js';
import { callOut } from './call-out.js';
import type { OutgoingCall } from './call-out.js';

let server: Server | undefined;

afterEach(async () => {
  if (server === undefined) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  server = undefined;
});

async function served(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders?token=s3cret`;
}

const call = (change: Pick<OutgoingCall, 'url'> & Partial<OutgoingCall>) =>
  callOut({ who: 'school', signal: new AbortController().signal, ...change });

const failureOf = async (asked: Promise<unknown>) => {
  const thrown: unknown = await asked.then(() => undefined).catch((error: unknown) => error);
  const { code, message, cause } = Object(thrown);
  return { kind: pluginErrorKind(thrown), code, message, cause };
};

it('sends what it is given and nothing else, and answers any status', async () => {
  const received: { method?: string | undefined; headers: IncomingHttpHeaders; text: string }[] = [];
  const url = await served((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      received.push({ method: request.method, headers: request.headers, text });
      response.writeHead(422, { 'x-own': 'yes' }).end('{"code":"full"}');
    });
  });
  const answer = await call({ url, method: 'POST', headers: { authorization: 'Bearer k' }, body: '{"a":1}' });
  expect(answer).toMatchObject({ status: 422, text: '{"code":"full"}', json: { code: 'full' } });
  expect(answer.headers.get('x-own')).toBe('yes');
  expect(received).toMatchObject([
    { method: 'POST', text: '{"a":1}', headers: { authorization: 'Bearer k', 'user-agent': 'payonce' } },
  ]);
});

it.each([
  ['', { text: '', json: undefined }],
  ['<h1>hello</h1>', { text: '<h1>hello</h1>', json: undefined }],
  ['null', { text: 'null', json: null }],
])('takes %j for what it is', async (body, expected) => {
  const url = await served((_, response) => response.end(body));
  expect(await call({ url })).toMatchObject(expected);
});

it('reads as much as is allowed, to the byte, and keeps the status of what is longer', async () => {
  const url = await served((_, response) => response.writeHead(404).end('{"a":"ü"}'));
  expect(await call({ url, maxBytes: 10 })).toMatchObject({ status: 404, json: { a: 'ü' } });
  expect(await call({ url, maxBytes: 9 })).toMatchObject({ status: 404, text: undefined, json: undefined });
});

it('stops reading what has no end', async () => {
  let isOver = false;
  const url = await served((_, response) => {
    const timer = setInterval(() => response.write('x'.repeat(50_000)), 5);
    response.on('close', () => {
      clearInterval(timer);
      isOver = true;
    });
  });
  expect(await call({ url })).toMatchObject({ status: 200, text: undefined });
  for (let turn = 0; turn < 100 && !isOver; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isOver).toBe(true);
});

it('follows no redirect', async () => {
  const paths: unknown[] = [];
  const url = await served((request, response) => {
    paths.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect(await failureOf(call({ url }))).toMatchObject({ kind: 'retryable', code: 'school_redirected' });
  expect(paths).toEqual(['/orders?token=s3cret']);
});

it.each<readonly [string, RequestListener]>([
  ['breaks the connection', (request) => request.socket.destroy()],
  [
    'breaks off',
    (request, response) =>
      response.writeHead(200, { 'content-length': '9' }).write('x', () => request.socket.destroy()),
  ],
  ['is silent', () => undefined],
  ['sends headers alone', (_, response) => void response.writeHead(200).write('{')],
])('does not know what happened when the other side %s', async (_, listener) => {
  const url = await served(listener);
  const failure = await failureOf(call({ url, timeoutMs: 150 }));
  expect(failure).toMatchObject({ kind: 'retryable', code: 'school_no_answer', cause: undefined });
  expect(failure.message).not.toContain('s3cret');
});

it('ends with its signal', async () => {
  const url = await served(() => undefined);
  expect(await failureOf(call({ url, signal: AbortSignal.timeout(50) }))).toMatchObject({ code: 'school_no_answer' });
});

it('knows that nothing was sent when nobody listens, or the name is nobody’s', async () => {
  const url = await served(() => undefined);
  server?.close();
  await once(server as Server, 'close');
  server = undefined;
  for (const nowhere of [url, 'http://nobody.invalid/?token=s3cret']) {
    const failure = await failureOf(call({ url: nowhere }));
    expect(failure).toMatchObject({ kind: 'not_sent', code: 'school_unreachable', cause: undefined });
    expect(failure.message).not.toContain('s3cret');
  }
});

it('asks nothing when the call was over before', async () => {
  const failure = await failureOf(call({ url: 'http://127.0.0.1:1/', signal: AbortSignal.abort() }));
  expect(failure).toMatchObject({ kind: 'not_sent', code: 'school_not_asked' });
});
