import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import { fulfillmentHttp } from './index.js';
import { callDesk, failureOf, grantOf } from './testing/desk.js';
import { SECRET } from './testing/receiver.js';

const url = 'https://shop.example/payonce';

it('can be listed several times, under ids of their own', () => {
  const names = [{}, { id: 'http' }, { id: 'school' }, { id: 'club' }].map(
    (own) => fulfillmentHttp({ url, secret: SECRET, ...own }).name,
  );
  expect(names).toEqual(['fulfillment-http', 'fulfillment-http', 'fulfillment-http-school', 'fulfillment-http-club']);
});

it('fills in the defaults of a schema, and says where settings do not fit', async () => {
  const schema = {
    type: 'object',
    properties: { course: { type: 'string' }, language: { type: 'string', default: 'en' } },
    required: ['course'],
    additionalProperties: false,
  };
  const { provider } = callDesk(url, { settings: schema });
  const verdict = async (value: unknown) => provider.settings['~standard'].validate(value);
  expect(await verdict({ course: 'c' })).toEqual({ value: { course: 'c', language: 'en' } });
  expect(await verdict({ course: 7 })).toEqual({ issues: [{ path: ['course'], message: 'must be string' }] });
  expect(await verdict({ course: 'c', x: 1 })).toMatchObject({ issues: [{ message: expect.stringContaining(': x') }] });
  expect(await verdict({ course: () => 1 })).toEqual({ issues: [{ message: 'is not JSON' }] });
  expect(provider.describe().settings).toEqual(schema);
});

it('works with the receiver that the README shows', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, code = ''] = /## A receiver\n\n```js\n([\s\S]+?)```/.exec(readme) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'receiver-'));
  await writeFile(join(folder, 'receiver.mjs'), code);
  const receiver = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
    env: { PORT: '0', SCHOOL_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(createInterface(receiver.stdout), 'line');
    const origin = `http://127.0.0.1:${String(port)}/`;
    const open = () => callDesk(origin, {}, () => new Date());
    const { fulfill, revoke } = open();
    const items = [{ label: 'Course', value: 'Enter', url: 'https://school.example/c_1' }];
    expect(await fulfill(grantOf('a', { course: 'c_1' }))).toMatchObject({ content: { items } });
    await revoke(grantOf('a'));
    expect(await failureOf(open().fulfill(grantOf('a')))).toMatchObject({ code: 'seat_closed' });
    const forged = await fetch(origin, { method: 'POST', body: '{}' });
    expect(forged.status).toBe(401);
  } finally {
    receiver.kill();
    await rm(folder, { recursive: true });
  }
});
