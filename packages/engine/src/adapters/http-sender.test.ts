import { afterEach, describe, expect, it } from '@jest/globals';
import { receivers, withEnvironment } from '../../../../test/setup/receiver.js';
import { createHttpSender } from './http-sender.js';

const { serve, close } = receivers();
afterEach(close);

const sender = createHttpSender({ allowLoopback: true });
const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{"a":1}', deadlineMs: 5000 };

describe('a post', () => {
  it('sends body and headers as given and answers status, body and Retry-After', async () => {
    const { port, hits } = await serve((_, response) =>
      response.writeHead(503, { 'retry-after': '7' }).end('busy\r\nnow'),
    );
    const url = `http://127.0.0.1:${port}/hook?a=b`;
    await expect(sender.post({ ...MESSAGE, url })).resolves.toEqual({
      status: 503,
      body: 'busy now',
      retryAfterMs: 7000,
    });
    expect(hits).toMatchObject([{ method: 'POST', url: '/hook?a=b', body: '{"a":1}' }]);
    expect(hits[0]?.headers).toEqual({
      host: `127.0.0.1:${port}`,
      'content-type': 'application/json',
      'content-length': '7',
      'accept-encoding': 'identity',
      connection: 'close',
    });
  });

  it('reads a date in Retry-After against the clock that it was given', async () => {
    const { port } = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': 'Sun, 01 Mar 2026 12:05:00 GMT' }).end(),
    );
    const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
    const answer = createHttpSender({ allowLoopback: true, clock }).post({
      ...MESSAGE,
      url: `http://127.0.0.1:${port}/`,
    });
    await expect(answer).resolves.toMatchObject({ status: 429, retryAfterMs: 300_000 });
  });

  it('keeps nothing between two: no cookie comes back, no connection stays', async () => {
    const { port, hits } = await serve((_, response) => response.writeHead(200, { 'set-cookie': 'session=1' }).end());
    await sender.post({ ...MESSAGE, url: `http://127.0.0.1:${port}/` });
    await sender.post({ ...MESSAGE, url: `http://127.0.0.1:${port}/` });
    expect(hits.map(({ headers }) => [headers.cookie, headers.connection])).toEqual([
      [undefined, 'close'],
      [undefined, 'close'],
    ]);
  });

  it('lets no caller say where the message goes or where it ends', async () => {
    const { port, hits } = await serve();
    const headers = {
      Host: 'evil.example',
      'Content-Length': '1',
      'transfer-encoding': 'chunked',
      Connection: 'upgrade',
      'Accept-Encoding': 'gzip',
    };
    await sender.post({ ...MESSAGE, headers, url: `http://127.0.0.1:${port}/` });
    expect(hits[0]?.headers).toEqual({
      host: `127.0.0.1:${port}`,
      'content-length': '7',
      connection: 'close',
      'accept-encoding': 'identity',
    });
  });

  it('refuses a header that would break out of its line, or that HTTP does not know', async () => {
    const { port, hits } = await serve();
    for (const headers of [
      { 'x-a': 'b\r\nx-evil: 1' },
      { 'x-a\r\nx-evil': '1' },
      { 'x a': '1' },
      { 'x-a': '\u0000' },
    ]) {
      const posted = sender.post({ ...MESSAGE, headers, url: `http://127.0.0.1:${port}/` });
      await expect(posted).rejects.toMatchObject({ name: 'SendError', code: 'header_refused' });
    }
    expect(hits).toHaveLength(0);
  });

  it('ignores proxies that the environment names', async () => {
    const [proxy, receiver] = [await serve(), await serve()];
    const address = `http://127.0.0.1:${proxy.port}`;
    const variables = { HTTP_PROXY: address, http_proxy: address, ALL_PROXY: address, NODE_USE_ENV_PROXY: '1' };
    await withEnvironment(variables, () => sender.post({ ...MESSAGE, url: `http://127.0.0.1:${receiver.port}/` }));
    expect([proxy.hits.length, receiver.hits.length]).toEqual([0, 1]);
  });

  it('reports a redirect and does not follow it', async () => {
    const inside = await serve();
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `http://127.0.0.1:${inside.port}/`;
      const { port } = await serve((_, response) => response.writeHead(status, { location }).end());
      await expect(sender.post({ ...MESSAGE, url: `http://127.0.0.1:${port}/` })).resolves.toMatchObject({ status });
    }
    expect(inside.hits).toHaveLength(0);
  });
});
