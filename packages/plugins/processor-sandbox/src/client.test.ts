import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { pluginErrorKind } from '@payonce/plugin-sdk';
import { sandboxClient } from './client.js';

let server: Server | undefined;

afterEach(async () => {
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  server = undefined;
});

const portOf = (listening: Server): number => (listening.address() as AddressInfo).port;
const listen = async (started: Server): Promise<string> => {
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(started)}`;
};
const talk = (onSocket: (socket: Socket) => void): Promise<string> =>
  listen(
    createServer((socket) => {
      socket.on('error', () => undefined);
      onSocket(socket);
    }),
  );
const send = (origin: string, signal: AbortSignal = AbortSignal.timeout(5_000)) =>
  sandboxClient({ origin, secretKey: 'sandbox-secret-key' })
    .send({ method: 'POST', path: '/v1/payments', body: {}, signal })
    .then(
      (reply) => JSON.stringify(reply),
      (thrown: unknown) => `${pluginErrorKind(thrown)} ${(thrown as { code?: string }).code}`,
    );

async function closedPort(): Promise<number> {
  const origin = await talk(() => undefined);
  await new Promise<void>((resolve) => server?.close(() => resolve()));
  server = undefined;
  return Number(new URL(origin).port);
}

it('knows that nothing was sent when the connection is refused, on every address of the name', async () => {
  const port = await closedPort();
  expect(await send(`http://127.0.0.1:${port}`)).toBe('not_sent processor_unreachable');
  expect(await send(`http://localhost:${port}`)).toBe('not_sent processor_unreachable');
});

it('knows that nothing was sent when the name does not resolve', async () => {
  expect(await send('http://sandbox.invalid')).toBe('not_sent processor_unreachable');
});

it('knows that nothing was sent when the call was over before it began', async () => {
  expect(await send('http://127.0.0.1:1', AbortSignal.abort())).toBe('not_sent processor_not_asked');
});

it('does not know what happened when the connection breaks after it was made', async () => {
  expect(await send(await talk((socket) => socket.once('data', () => socket.destroy())))).toBe(
    'retryable processor_no_answer',
  );
});

it('does not know what happened when the answer breaks off', async () => {
  const origin = await talk((socket) => {
    socket.once('data', () =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"id"', () => socket.destroy()),
    );
  });
  expect(await send(origin)).toBe('retryable processor_no_answer');
});

it('does not know what happened when the answer comes too slowly', async () => {
  const origin = await talk(
    (socket) => void socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{')),
  );
  expect(await send(origin, AbortSignal.timeout(200))).toBe('retryable processor_no_answer');
});

it('stops reading an endless answer', async () => {
  const endless = createHttpServer((_request, response) => {
    const more = (): void => void (response.destroyed || response.write('x'.repeat(65_536), () => setImmediate(more)));
    more();
  });
  expect(await send(await listen(endless))).toBe('retryable processor_answer_invalid');
});

it.each([
  [302, { location: 'http://127.0.0.1:1/' }, '', 'retryable processor_redirected'],
  [404, {}, '<h1>Not found</h1>', 'retryable processor_error'],
  [
    400,
    {},
    '{"code":"invalid_request","message":"amount: is wrong"}',
    '{"kind":"refusal","status":400,"code":"invalid_request","message":"amount: is wrong"}',
  ],
  [200, {}, '', 'retryable processor_answer_invalid'],
  [200, {}, '{"id":"sp_1"}', '{"kind":"answer","body":{"id":"sp_1"}}'],
])('reads %i %j %j as %s', async (status, headers, body, expected) => {
  const origin = await listen(
    createHttpServer((_request, response) => response.writeHead(status, { ...headers, connection: 'close' }).end(body)),
  );
  expect(await send(origin)).toBe(expected);
});
