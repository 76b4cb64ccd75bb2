import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { receivers } from '../../../../test/setup/receiver.js';
import { createHttpSender } from './http-sender.js';
import type { HttpSenderOptions } from './http-sender.js';

const { serve, serveRaw, close } = receivers();
afterEach(close);

type Answer = Awaited<ReturnType<ReturnType<typeof createHttpSender>['post']>>;
const post = (
  url: string,
  { deadlineMs = 5000, ...options }: Partial<HttpSenderOptions> & { deadlineMs?: number } = {},
): Promise<Answer> =>
  createHttpSender({ allowLoopback: true, ...options }).post({ url, headers: {}, body: '{}', deadlineMs });

/** The code of the failure, and how long it took. */
const failure = async (posted: Promise<unknown>): Promise<{ code: string; ms: number }> => {
  const started = Date.now();
  const code = await posted.then(
    () => 'none',
    (error: { name: string; code: string }) => (error.name === 'SendError' ? error.code : error.name),
  );
  return { code, ms: Date.now() - started };
};

/** Writes a head at once and then a byte every now and then, without end. */
const drip =
  (head: string, drop = 'x') =>
  (socket: Socket): void => {
    socket.write(head);
    const timer = setInterval(() => socket.write(drop), 20);
    socket.on('close', () => clearInterval(timer));
  };

describe('a receiver that misbehaves', () => {
  it('with an endless answer is cut off soon after 64 kB; its status counts', async () => {
    let sent = 0;
    const { port } = await serve((_, response) => {
      const chunk = Buffer.alloc(16_384, 'a');
      const pump = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', pump);
      pump();
    });
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200, body: 'a'.repeat(2048) });
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['drips its answer', drip('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')],
    ['drips a header', drip('HTTP/1.1 200 OK\r\nx-slow: ')],
    ['asks to wait, again and again', drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
    ['never answers', () => {}],
  ])('that %s is left at the deadline', async (_, behave) => {
    const port = await serveRaw(behave);
    const { code, ms } = await failure(post(`http://127.0.0.1:${port}/`, { deadlineMs: 300 }));
    expect(code).toBe('deadline');
    expect(ms).toBeLessThan(1500);
  });

  it('whose name server never answers is left at the deadline', async () => {
    const resolve = (): Promise<never> => new Promise(() => {});
    const { code, ms } = await failure(post('http://slow.shop.com/', { resolve, deadlineMs: 300 }));
    expect(code).toBe('deadline');
    expect(ms).toBeLessThan(1500);
  });

  it('with a compressed bomb fills no memory: nothing is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    const { port } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const { status, body } = await post(`http://127.0.0.1:${port}/`);
    expect(status).toBe(200);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2048);
  });

  it.each([
    ['before its answer', ''],
    ['within its answer', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'],
  ])('that resets the connection %s has failed', async (_, words) => {
    const port = await serveRaw((socket) => {
      socket.write(words);
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    expect(await failure(post(`http://127.0.0.1:${port}/`))).toMatchObject({ code: 'connection_failed' });
  });

  it('that nobody listens for has failed', async () => {
    const { port } = await serve();
    await close();
    expect(await failure(post(`http://127.0.0.1:${port}/`))).toMatchObject({ code: 'connection_failed' });
  });

  it('whose name nobody knows has failed', async () => {
    for (const resolve of [async () => [], () => Promise.reject(new Error('ENOTFOUND'))]) {
      expect(await failure(post('http://gone.shop.com/', { resolve }))).toMatchObject({ code: 'name_not_resolved' });
    }
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a header of 100 kB', `HTTP/1.1 200 OK\r\nx-big: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  ])('that answers with %s has not answered', async (_, words) => {
    const port = await serveRaw((socket) => socket.end(words));
    expect(await failure(post(`http://127.0.0.1:${port}/`))).toMatchObject({ code: 'answer_invalid' });
  });

  it('says nothing through our error but its code and our words', async () => {
    const port = await serveRaw((socket) => socket.end('canary@buyer.example\r\n\r\n'));
    const thrown: unknown = await post(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
    expect(String(thrown)).toBe('SendError: The answer is not HTTP that we read.');
  });
});
