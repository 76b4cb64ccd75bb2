import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { httpTaxOptions } from './options.js';
import { VERSION, taxHttp } from './index.js';
import { calculatorOf, question } from './testing/asking.js';
import { SECRET } from './testing/calculator-server.js';

const good = { url: 'https://tax.example.com/rates', secret: SECRET };

const problems = (options: object): readonly string[] =>
  (httpTaxOptions.safeParse({ ...good, ...options }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

it('has the version of its package', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(manifest.version);
});

it('asks for an address and a secret', () => {
  expect(httpTaxOptions.parse(good)).toMatchObject({ id: 'tax-http', timeoutMs: 5_000, allowLoopback: false });
});

it.each([
  [{ url: 'http://tax.example.com' }, 'url: is not https: tax ids of buyers would travel in the clear'],
  [
    { url: 'http://tax.example.com', allowLoopback: true },
    'url: is not https: tax ids of buyers would travel in the clear',
  ],
  [{ url: 'http://127.0.0.1:1' }, 'url: is http on this machine: say allowLoopback: true if you mean it'],
  [{ url: 'https://jane:pw@tax.example.com' }, 'url: has a user or password in it: the signature says who calls'],
  [{ commitUrl: 'http://tax.example.com' }, 'commitUrl: is not https: tax ids of buyers would travel in the clear'],
  [{ voidUrl: 'https://tax.example.com' }, 'voidUrl: needs commitUrl: nothing is on record to void'],
  [{ secret: 'whsec_c2hvcnQ=' }, 'secret: is not of 24 to 64 bytes'],
])('refuses %j', (options, message) => {
  expect(problems(options)).toEqual([message]);
});

it('takes http on this machine when it is meant', () => {
  for (const url of ['http://localhost:8099', 'http://127.0.0.1:8099/x', 'http://[::1]:8099'])
    expect(problems({ url, allowLoopback: true })).toEqual([]);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The server of the README. */
function exampleServer(): string {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = /```js\n(import \{ createHmac[\s\S]*?)```/.exec(readme)?.[1];
  if (block === undefined) throw new Error('the README has no example of a server');
  return block;
}

it('is answered by the server of the README, which is at most 25 lines long and refuses others', async () => {
  expect(exampleServer().trim().split('\n').length).toBeLessThanOrEqual(25);
  const port = await freePort();
  const env = { TAX_SECRET: SECRET, PORT: String(port) };
  const child = spawn(process.execPath, ['--input-type=module', '-e', exampleServer()], { env, stdio: 'ignore' });
  try {
    const url = `http://127.0.0.1:${port}/`;
    const calculator = await calculatorOf(taxHttp({ url, secret: SECRET, allowLoopback: true }));
    const answer = await patiently(() => calculator.calculate(question()));
    expect(answer).toMatchObject({ lines: [{ taxes: [{ rate: '19/100' }], reason: 'standard' }] });
    const secret = `whsec_${Buffer.alloc(24, 'x').toString('base64')}`;
    const stranger = await calculatorOf(taxHttp({ url, secret, allowLoopback: true }));
    await expect(stranger.calculate(question())).rejects.toMatchObject({ code: 'bad_signature' });
  } finally {
    child.kill();
    await once(child, 'exit');
  }
});

/** Until the server listens. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let left = 100; left > 0; left -= 1) {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name !== 'NotSentError') throw thrown;
      await setTimeout(50);
    }
  }
  return ask();
}
