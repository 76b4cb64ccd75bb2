import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_SECRET, startApi } from '../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../test/support/api/calls.js';
import { scriptedProcessor } from '../../../../test/support/scripted-processor.js';

let api: ApiServer;
let product: string;
let number = 0;

beforeAll(async () => {
  api = await startApi({ label: 'api inbound', plugins: [scriptedProcessor({ webhooks: false }).plugin] });
  product = await addProduct(api);
});

afterAll(() => api.close());

beforeEach(() => {
  api.purchases.calls.length = 0;
});

const payment = (reference: string, fields: object = {}) => ({
  id: `sp_${reference}`,
  reference,
  amount: 2000,
  amount_captured: 2000,
  currency: 'EUR',
  status: 'succeeded',
  ...fields,
});
const event = (data: object, id = `sev_${(number += 1)}`) =>
  JSON.stringify({ id, type: 'payment.succeeded', created_at: new Date().toISOString(), data });

function post(body: string, { mode = 'test', secret = SANDBOX_SECRET, at = Math.floor(Date.now() / 1000) } = {}) {
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return call(api, {
    method: 'POST',
    path: `/inbound/processors/sandbox/${mode}`,
    key: null,
    raw: body,
    headers: { 'sandbox-signature': `t=${at},v1=${signature}`, 'content-type': 'application/json' },
  });
}

const later = () => new Date(Date.now() + 1_000_000);
const unrouted = () => api.deps.stores.inbox.listUnrouted({ before: later(), limit: 100 });
const reports = () => api.purchases.calls.filter((each) => each.startsWith('report'));

async function eventually(check: () => Promise<void> | void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await check();
    } catch (error) {
      if (tries > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** A purchase whose buyer is at the processor. */
async function away() {
  api.purchases.charges.push('redirect');
  const { payment: id } = await buy(api, { product });
  const [attempt] = await api.deps.stores.attempts.list({ payment: id as `pay_${string}` });
  api.purchases.calls.length = 0;
  return { id, attempt: attempt?.id ?? '' };
}

const statusOf = async (id: string) => (await call(api, { path: `/payments/${id}` })).body['status'];

describe('a report of a processor', () => {
  it('is kept, acknowledged, put on record and told to its purchase', async () => {
    const { id, attempt } = await away();
    const answer = await post(event({ payment: payment(attempt) }));
    expect(answer).toMatchObject({ status: 200, body: { received: 1 } });
    await eventually(async () => expect(await statusOf(id)).toBe('succeeded'));
    await eventually(async () => expect(await unrouted()).toEqual([]));
    expect((await api.deps.stores.attempts.find(attempt as `att_${string}`))?.outcome).toMatchObject({
      status: 'succeeded',
      processorRef: `sp_${attempt}`,
    });
  });

  it('that comes ten times is one', async () => {
    const { id, attempt } = await away();
    const body = event({ payment: payment(attempt) });
    for (let times = 0; times < 10; times += 1) expect((await post(body)).status).toBe(200);
    await eventually(async () => expect(await statusOf(id)).toBe('succeeded'));
    await eventually(() => expect(reports().length).toBe(1));
  });

  it('that says what the record says is not told again', async () => {
    const { payment: id } = await buy(api, { product });
    const [attempt] = await api.deps.stores.attempts.list({ payment: id as `pay_${string}` });
    api.purchases.calls.length = 0;
    await post(event({ payment: payment(attempt?.id ?? '') }));
    await eventually(async () => expect(await unrouted()).toEqual([]));
    expect(reports()).toEqual([]);
  });

  it('about a second capture is told, however paid the purchase is', async () => {
    const { payment: id } = await buy(api, { product });
    const [attempt] = await api.deps.stores.attempts.list({ payment: id as `pay_${string}` });
    api.purchases.calls.length = 0;
    const second = api.deps.ids.mint('att');
    if (attempt) await api.deps.stores.attempts.insert({ ...attempt, id: second, outcome: null });
    await post(event({ payment: payment(second) }));
    await eventually(() => expect(reports()).toEqual([`report ${id} payment`]));
  });

  it('that matches nothing is kept and counted, never dropped', async () => {
    await post(event({ payment: payment(api.deps.ids.mint('att')) }));
    await eventually(async () => expect(await unrouted()).toMatchObject([{ routedAt: null, payment: null, tries: 1 }]));
    const [entry] = await unrouted();
    if (entry) await api.deps.stores.inbox.markRouted({ id: entry.id, payment: null, at: new Date() });
  });

  it('of the other mode moves nothing', async () => {
    const { id, attempt } = await away();
    expect((await post(event({ payment: payment(attempt) }), { mode: 'live' })).status).toBeLessThan(500);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await statusOf(id)).toBe('requires_customer_action');
    for (const entry of await unrouted())
      await api.deps.stores.inbox.markRouted({ id: entry.id, payment: null, at: new Date() });
  });

  it('is kept and acknowledged while Temporal is away', async () => {
    const { attempt } = await away();
    api.purchases.down = true;
    const answer = await post(event({ payment: payment(attempt) }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    api.purchases.down = false;
    expect(answer.status).toBe(200);
    const [entry] = await unrouted();
    expect(entry).toMatchObject({ routedAt: null, event: { reference: attempt } });
    if (entry) await api.deps.stores.inbox.markRouted({ id: entry.id, payment: null, at: new Date() });
  });

  it('about a refund is told to its purchase', async () => {
    const { payment: id } = await buy(api, { product });
    api.purchases.refunds.push('pending');
    const { body } = await call(api, { path: '/refunds', body: { payment_id: id } });
    const reference = String(body['refund_id']);
    const refund = { id: 'sr_1', payment: 'sp_1', reference, amount: 2000, currency: 'EUR', status: 'succeeded' };
    await post(
      JSON.stringify({
        id: `sev_${(number += 1)}`,
        type: 'refund.succeeded',
        created_at: new Date().toISOString(),
        data: { refund },
      }),
    );
    await eventually(() => expect(reports()).toEqual([`report ${id} refund`]));
  });

  it.each([
    ['another secret', { secret: 'other' }],
    ['an old signature', { at: Math.floor(Date.now() / 1000) - 400 }],
    ['a signature of tomorrow', { at: Math.floor(Date.now() / 1000) + 400 }],
  ])('with %s is refused, and nothing is kept', async (_what, how) => {
    const { attempt } = await away();
    expect(await post(event({ payment: payment(attempt) }), how)).toMatchObject({
      status: 401,
      body: { code: 'WEBHOOK_NOT_VERIFIED' },
    });
    expect(await unrouted()).toEqual([]);
  });

  it('for a processor that has nothing to report is refused with the reason', async () => {
    const path = '/inbound/processors/scripted/test';
    const { status, body } = await call(api, { method: 'POST', path, key: null, raw: '{}' });
    expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(body['message']).toMatch(/scripted posts no reports/);
  });

  it('over a megabyte, at an unknown processor or of an unknown mode is refused', async () => {
    expect((await post('x'.repeat(1_048_577))).status).toBe(413);
    expect((await post('{}', { mode: 'staging' })).status).toBe(404);
    expect(
      (await call(api, { method: 'POST', path: '/inbound/processors/other/test', key: null, raw: '{}' })).status,
    ).toBe(404);
    expect((await call(api, { path: '/inbound/processors/sandbox/test', key: null })).status).toBe(404);
  });
});
