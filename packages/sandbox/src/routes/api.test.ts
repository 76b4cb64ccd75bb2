import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { newPayment, startBench } from '../testing/bench.js';
import type { Bench } from '../testing/bench.js';

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('sandbox api');
  bench = await startBench(database);
});

afterAll(async () => {
  await bench.close();
  await database.close();
});

const refusal = async (body: unknown, path = '/v1/payments'): Promise<string> => {
  const answer = await bench.merchant.post<{ code: string; message: string }>(path, body);
  expect(Object.keys(answer.body)).toEqual(['code', 'message']);
  return `${answer.status} ${answer.body.code} ${answer.body.message}`;
};

describe('a request that does not parse is refused with the field', () => {
  it.each([
    ['amount', { amount: 0 }],
    ['amount', { amount: -1 }],
    ['amount', { amount: 1.5 }],
    ['amount', { amount: '1255' }],
    ['amount', { amount: 1e20 }],
    ['amount', { amount: { $gt: 0 } }],
    ['currency', { currency: 'eur' }],
    ['currency', { currency: 'XXX' }],
    ['currency', { currency: 'constructor' }],
    ['reference', { reference: '' }],
    ['reference', { reference: 'x'.repeat(256) }],
    ['reference', { reference: { $ne: '' } }],
    ['reference', { reference: 'a\u0000b' }],
    ['reference', { reference: '\ud800' }],
    ['return_url', { return_url: 'javascript:alert(1)' }],
    ['return_url', { return_url: '//evil.example' }],
    ['return_url', { return_url: 'https://good@evil.example' }],
    ['return_url', { return_url: 'https://x.example/\r\nset-cookie: a' }],
    ['payment_method', { payment_method: 'pm_unknown' }],
    ['payment_method', { payment_method: ['pm_card_visa'] }],
    ['metadata', { metadata: { 'a.b': 'x' } }],
    ['metadata', { metadata: { $where: 'x' } }],
    ['metadata', { metadata: { a: 1 } }],
    ['metadata', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'x'])) }],
    ['status', { status: 'succeeded' }],
    ['description', { description: null }],
  ])('%s: %j', async (field, fields) => {
    const answer = await refusal(newPayment(fields));
    expect(answer).toMatch(/^400 (invalid_request|unknown_payment_method) /);
    expect(answer).toContain(field);
  });

  it('also when it is not JSON, or not what it says', async () => {
    expect(await refusal('{"amount":')).toBe('400 invalid_request body: is not JSON');
    expect(await refusal('[1]')).toMatch(/^400 invalid_request body: /);
    expect(await refusal(undefined)).toMatch(/^400 invalid_request .*reference: /);
    expect(await refusal(JSON.stringify({ reference: 'x'.repeat(70_000) }))).toBe(
      '413 invalid_request body: is too large',
    );
    const form = await bench.merchant.post('/v1/payments', 'a=b', { headers: { 'content-type': 'text/plain' } });
    expect(form.status).toBe(415);
    expect(await refusal(`{"metadata":{"__proto__":{"x":1}}}`)).toMatch(/^400 /);
    expect(await refusal('['.repeat(20_000))).toMatch(/^400 /);
  });

  it('also in a query', async () => {
    for (const query of [
      '',
      '?reference=',
      '?reference=a&reference=b',
      '?reference[$ne]=x',
      '?other=1',
      `?reference=${'%00'}`,
    ]) {
      expect((await bench.merchant.get(`/v1/payments${query}`)).status).toBe(400);
      expect((await bench.merchant.get(`/v1/refunds${query}`)).status).toBe(400);
    }
    expect((await bench.merchant.get('/v1/ledger?reference=a&reference=b')).status).toBe(400);
  });
});

it.each([
  '/v1/payments/sp_nothing',
  '/v1/refunds/sr_nothing',
  '/v1/nothing',
  '/nothing',
  '/v1/payments/%00',
  '/v1/payments/$ne',
])('answers 404 to %s', async (path) => {
  expect(await bench.merchant.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

it('answers 400 to a path that cannot be decoded', async () => {
  expect(await bench.merchant.get('/v1/payments/%E0%A4%A')).toMatchObject({
    status: 400,
    body: { code: 'invalid_request' },
  });
});

it.each(['', 'Bearer', 'Bearer wrong', 'Basic c2VjcmV0', 'Bearer sandbox-secret-key-of-the-testsX'])(
  'lets nobody in with %j',
  async (authorization) => {
    for (const path of ['/v1/payments?reference=a', '/v1/ledger', '/v1/control/faults', '/v1/nothing']) {
      const answer = await bench.merchant.get(path, { headers: { authorization } });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    }
  },
);

it('is healthy and ready without a key', async () => {
  const answers = await Promise.all(
    ['/health', '/ready'].map(async (path) => (await fetch(`${bench.origin}${path}`)).json()),
  );
  expect(answers).toEqual([{ status: 'ok' }, { status: 'ready' }]);
});

it('outlives what is not HTTP at all', async () => {
  const { port } = new URL(bench.origin);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.end('\u0000\u0001 garbage\r\n\r\n'));
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
    socket.resume();
  });
  expect((await fetch(`${bench.origin}/health`)).status).toBe(200);
});

describe('webhook endpoints', () => {
  it('are added with a secret of their own, and keep their id when added again', async () => {
    const first = await bench.merchant.post<{ id: string; secret: string }>('/v1/webhook_endpoints', {
      url: 'http://127.0.0.1:9/a',
    });
    expect(first.body.secret).toMatch(/^swsec_\w{40}$/);
    const again = await bench.merchant.post<{ id: string; secret: string }>('/v1/webhook_endpoints', {
      url: 'http://127.0.0.1:9/a',
      secret: 'another-secret-of-mine',
    });
    expect(again.body).toMatchObject({ id: first.body.id, secret: 'another-secret-of-mine' });
  });

  it.each(['ftp://x.example', 'nothing', 'http://user:pw@x.example'])('are refused at %s', async (url) => {
    expect(await refusal({ url }, '/v1/webhook_endpoints')).toContain('url');
  });
});
