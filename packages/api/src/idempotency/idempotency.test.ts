import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../test/support/api/api-server.js';
import { addProduct, call } from '../../../../test/support/api/calls.js';
import { together } from '../../../../test/store/open-stores.js';
import { fingerprint } from './fingerprint.js';

let api: ApiServer;
let product: string;
let number = 0;

beforeAll(async () => {
  api = await startApi({ label: 'api idempotency' });
  product = await addProduct(api);
});

afterAll(() => api.close());

beforeEach(() => {
  api.purchases.calls.length = 0;
});

const newKey = (): string => `test-key-${(number += 1)}`;
const cart = (quantity = 1) => ({ product_cart: [{ product_id: product, quantity }] });
const checkout = ({
  key,
  body = cart(),
  ...rest
}: {
  key?: string;
  body?: unknown;
  caller?: string;
  headers?: Readonly<Record<string, string>>;
}) =>
  call(api, {
    path: '/checkouts',
    body,
    ...(rest.caller !== undefined && { key: rest.caller }),
    headers: { ...(key !== undefined && { 'idempotency-key': key }), ...rest.headers },
  });
const started = () => api.purchases.calls.filter((each) => each.startsWith('start')).length;

describe('a POST with an Idempotency-Key', () => {
  it('is answered byte for byte the same again, and happens once', async () => {
    const key = newKey();
    const first = await checkout({ key });
    const again = await checkout({ key });
    expect(again.text).toBe(first.text);
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(started()).toBe(1);
  });

  it('happens once when 50 come at the same time', async () => {
    const key = newKey();
    const answers = await together(50, () => checkout({ key }));
    const good = answers.filter(({ status }) => status === 200);
    expect(new Set(good.map(({ text }) => text)).size).toBe(1);
    const others = answers.filter(({ status }) => status !== 200);
    for (const { status, headers, body } of others) {
      expect([status, body.code]).toEqual([409, 'IDEMPOTENCY_KEY_IN_FLIGHT']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('x-should-retry')).toBe('true');
    }
    expect(started()).toBe(1);
  });

  it('with another body is refused, and with the same one in another order is the same', async () => {
    const key = newKey();
    const first = await checkout({ key, body: { ...cart(), metadata: { a: 1, b: 2 } } });
    expect(await checkout({ key, body: cart(2) })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await checkout({ key, body: { metadata: { b: 2, a: 1 }, ...cart() } })).text).toBe(first.text);
  });

  it('belongs to one merchant, one mode and one route', async () => {
    const key = newKey();
    const theirs = await addProduct(api, {}, api.rival.test);
    const first = await checkout({ key });
    const other = await checkout({
      key,
      body: { product_cart: [{ product_id: theirs, quantity: 1 }] },
      caller: api.rival.test,
    });
    expect(other.status).toBe(200);
    expect(other.text).not.toBe(first.text);
    const customer = await call(api, {
      path: '/customers',
      body: { email: 'a@example.com', name: 'A' },
      headers: { 'idempotency-key': key },
    });
    expect(customer.body['customer_id']).toBeDefined();
  });

  it('that was refused may be sent again with the same key', async () => {
    const key = newKey();
    expect((await checkout({ key, body: { product_cart: [] } })).status).toBe(422);
    expect((await checkout({ key })).status).toBe(200);
  });

  it('is resumed with the same ids when its process died', async () => {
    const key = newKey();
    const { start } = api.purchases;
    const insert = api.deps.stores.sessions.insert;
    const ids: string[] = [];
    const dying = Object.assign(api.deps.stores.sessions, {
      async insert(session: Parameters<typeof insert>[0]) {
        ids.push(session.id);
        await insert(session);
        if (ids.length === 1) throw new Error('killed');
      },
    });
    expect((await checkout({ key })).status).toBe(500);
    expect(await checkout({ key })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_IN_FLIGHT' } });
    api.clock.pass(31_000);
    const resumed = await checkout({ key });
    Object.assign(dying, { insert });
    expect(resumed.status).toBe(200);
    expect(ids).toEqual([resumed.body['session_id'], resumed.body['session_id']]);
    expect(api.purchases.start).toBe(start);
  });

  it('charges once when it is resumed after the charge', async () => {
    const key = newKey();
    const body = {
      ...cart(),
      customer: { email: 'c@example.com', name: 'C' },
      billing_address: { country: 'DE' },
      confirm: true,
    };
    const { answer } = api.deps.stores.idempotency;
    let deaths = 0;
    Object.assign(api.deps.stores.idempotency, {
      async answer(change: Parameters<typeof answer>[0]) {
        deaths += 1;
        if (deaths === 1) throw new Error('killed');
        await answer(change);
      },
    });
    expect((await checkout({ key, body })).status).toBe(500);
    api.clock.pass(31_000);
    const resumed = await checkout({ key, body });
    Object.assign(api.deps.stores.idempotency, { answer });
    expect(resumed.status).toBe(200);
    const submitted = api.purchases.calls.filter((each) => each.startsWith('submit'));
    expect(new Set(submitted).size).toBe(1);
    const payment = String(resumed.body['payment_id']) as `pay_${string}`;
    expect(await api.deps.stores.attempts.list({ payment })).toHaveLength(1);
  });

  it.each(['', 'has space', 'x'.repeat(256), 'ünïcode'])('refuses the key %j', async (key) => {
    const header = key === 'ünïcode' ? Buffer.from(key, 'utf8').toString('latin1') : key;
    const answer = await checkout({ key: header });
    expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST_PARAMETERS' } });
  });
});

it('takes two spellings of one JSON for the same, and two values for different', () => {
  expect(fingerprint({ a: [1, { b: 'x', c: null }], d: undefined })).toBe(fingerprint({ a: [1, { c: null, b: 'x' }] }));
  const different = [{ a: 1 }, { a: '1' }, { a: [1] }, { b: 1 }, { a: 1, b: 1 }, null, 'a', { a: null }, {}];
  expect(new Set(different.map(fingerprint)).size).toBe(different.length);
});
