import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { healthServer } from './health.js';
import type { HealthDeps } from './health.js';

type State = ReturnType<HealthDeps['workers'][number]['getState']>;

const running: ReturnType<typeof healthServer>[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

async function ask(path: string, { state = 'RUNNING', ...change }: Partial<HealthDeps> & { state?: State } = {}) {
  const options = { taskQueue: 'payonce-purchases-test' } as HealthDeps['workers'][number]['options'];
  const workers = [{ getState: () => state, options }];
  const server = healthServer({
    workers,
    problems: async () => [],
    metrics: async () => 'payonce_unknown 0\n',
    ...change,
  });
  running.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return { status: response.status, body: await response.text() };
}

it('is ready when its workers poll and nothing is missing', async () => {
  expect(await ask('/ready')).toEqual({ status: 200, body: '{"ready":true,"problems":[]}' });
  expect((await ask('/health')).status).toBe(200);
});

it('names what is missing, and which worker does not poll', async () => {
  const { status, body } = await ask('/ready', { state: 'DRAINING', problems: async () => ['missing indexes: a'] });
  expect(status).toBe(503);
  expect(body).toContain('worker of payonce-purchases-test is DRAINING');
  expect(body).toContain('missing indexes: a');
});

it('is no more alive when a worker failed', async () => {
  expect(await ask('/health', { state: 'FAILED' })).toEqual({ status: 503, body: '{"alive":false}' });
});

it('answers metrics as text, and 503 without a word about why when they cannot be read', async () => {
  expect(await ask('/metrics?x=1')).toEqual({ status: 200, body: 'payonce_unknown 0\n' });
  const broken = await ask('/metrics', { metrics: () => Promise.reject(new Error('10.0.0.7 refused')) });
  expect(broken.status).toBe(503);
  expect(broken.body).not.toContain('10.0.0.7');
});

it('knows no other address', async () => {
  expect((await ask('/else')).status).toBe(404);
});
