import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { call } from '../../../../../test/support/api/calls.js';
import { breaches } from '../../../../engine/test/published-schemas.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api webhooks' });
});

afterAll(() => api.close());

const add = (fields: Readonly<Record<string, unknown>> = {}, key?: string) =>
  call(api, {
    path: '/webhooks',
    body: { url: 'https://shop.example.com/hook', ...fields },
    ...(key !== undefined && { key }),
  });
const at = (id: unknown, rest = '') => `/webhooks/${String(id)}${rest}`;

describe('a webhook endpoint', () => {
  it('is made, shown as the published API shows it, changed and removed', async () => {
    const made = await add({
      description: 'Orders',
      filter_types: ['payment.succeeded', 'dispute.opened'],
      metadata: { team: 'a' },
      rate_limit: 10,
    });
    const id = made.body['id'];
    expect(breaches('WebhookDetails', made.body)).toEqual([]);
    expect(made.body).toMatchObject({
      description: 'Orders',
      disabled: false,
      filter_types: ['payment.succeeded'],
      rate_limit: 10,
    });
    const changed = await call(api, { method: 'PATCH', path: at(id), body: { disabled: true, filter_types: null } });
    expect(changed.body).toMatchObject({ disabled: true, filter_types: null, description: 'Orders' });
    expect((await call(api, { path: at(id) })).body).toEqual(changed.body);
    expect(await call(api, { method: 'DELETE', path: at(id) })).toMatchObject({ status: 200, text: '' });
    expect((await call(api, { path: at(id) })).status).toBe(404);
    expect((await call(api, { method: 'DELETE', path: at(id) })).status).toBe(404);
  });

  it('has a secret and headers that only their own answers show', async () => {
    const made = await add({ headers: { 'x-team': 'a' } });
    const id = made.body['id'];
    const { body } = await call(api, { path: at(id, '/secret') });
    expect(body['secret']).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made.text).not.toContain(String(body['secret']));
    await call(api, { method: 'PATCH', path: at(id, '/headers'), body: { headers: { 'x-more': 'b' } } });
    expect((await call(api, { path: at(id, '/headers') })).body).toEqual({
      headers: { 'x-team': 'a', 'x-more': 'b' },
      sensitive: [],
    });
  });

  it('is made once per idempotency_key, which the published API has in the body', async () => {
    const [first, again] = [await add({ idempotency_key: 'hook-1' }), await add({ idempotency_key: 'hook-1' })];
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await add({ idempotency_key: { $ne: 1 } })).status).toBe(422);
  });

  it.each([
    'http://shop.example.com/hook',
    'https://user:pass@shop.example.com/hook',
    'https://shop.example.com/hook#part',
    'https://127.0.0.1/hook',
    'https://localhost/hook',
    'https://169.254.169.254/latest',
    'https://[::1]/hook',
    'https://2130706433/',
    'https://metadata.internal/',
    'ftp://shop.example.com/',
    'shop.example.com',
    `https://shop.example.com/${'x'.repeat(2048)}`,
  ])('is never at %s', async (url) => {
    expect(await add({ url })).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST_BODY' } });
  });

  it.each([
    { headers: { 'webhook-id': 'x' } },
    { headers: { host: 'x' } },
    { headers: { 'x-a': 'b\r\nc: d' } },
    { filter_types: ['payment.paid'] },
    { secret: 'whsec_x' },
  ])('with %j is refused', async (fields) => {
    expect((await add(fields)).status).toBe(422);
  });
});

it('lists endpoints by cursor, and ends with no iterator', async () => {
  const { live } = api.shop;
  const ids = [];
  for (let number = 0; number < 5; number += 1) ids.push((await add({}, live)).body['id']);
  const seen: unknown[] = [];
  const iterators: unknown[] = [];
  for (let iterator = ''; ;) {
    const { body } = await call(api, { path: `/webhooks?limit=2&iterator=${iterator}`, key: live });
    seen.push(...(body['data'] as { id: string }[]).map(({ id }) => id));
    iterators.push(body['iterator']);
    expect(body['done']).toBe(body['iterator'] === null);
    if (typeof body['iterator'] !== 'string') break;
    iterator = body['iterator'];
  }
  expect(seen).toEqual(ids);
  expect(iterators).toEqual([ids[1], ids[3], null]);
});
