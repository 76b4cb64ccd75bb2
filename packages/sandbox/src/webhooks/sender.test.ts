import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { newPayment, startBench } from '../testing/bench.js';
import type { Bench } from '../testing/bench.js';
import { WEBHOOK_SECRET, eventually, startReceiver } from '../testing/merchant.js';
import type { Received, Receiver } from '../testing/merchant.js';
import type { WirePayment, WireRefund } from '../wire.js';

let database: TestDatabase;
let receiver: Receiver;
let bench: Bench;

const start = (): Promise<Bench> =>
  startBench(database, {
    webhook: { url: receiver.url, secret: WEBHOOK_SECRET },
    webhookBackoffMs: [30, 30, 60, 60, 200, 400, 400],
  });

beforeAll(async () => {
  database = await testDatabase('sandbox webhooks');
  receiver = await startReceiver();
  bench = await start();
});

afterEach(() => {
  receiver.answer = 200;
});

afterAll(async () => {
  await bench.close();
  await receiver.close();
  await database.close();
});

const create = async (fields: Readonly<Record<string, unknown>>): Promise<WirePayment> =>
  (await bench.merchant.post<WirePayment>('/v1/payments', newPayment(fields))).body;
const about = ({ reference }: { reference: string }): readonly Received[] =>
  receiver.received.filter(({ body }) => body.includes(`"${reference}"`));
const typesAbout = (payment: WirePayment, count: number): Promise<readonly string[]> =>
  eventually(
    () => about(payment).map(({ type }) => type),
    (types) => types.length >= count,
  );

it('reports a payment in the words of the API, signed over the exact bytes', async () => {
  const payment = await create({ payment_method: 'pm_card_visa' });
  await typesAbout(payment, 1);
  const [{ body, signature, id } = { body: '', signature: '', id: '' }] = about(payment);
  expect(JSON.parse(body)).toEqual({
    id,
    type: 'payment.succeeded',
    created_at: payment.updated_at,
    data: { payment },
  });
  expect(id).toMatch(/^sev_/);
  const [, timestamp, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  expect(digest).toBe(createHmac('sha256', WEBHOOK_SECRET).update(`${timestamp}.${body}`).digest('hex'));
  expect(Math.abs(Number(timestamp) - Date.now() / 1_000)).toBeLessThan(5);
});

describe('what happens to a payment', () => {
  it.each([
    ['pm_card_declined', ['payment.failed']],
    ['pm_card_processing', ['payment.processing', 'payment.succeeded']],
    ['pm_card_processing_failed', ['payment.processing', 'payment.failed']],
  ])('with %s is reported as %j', async (token, types) => {
    const payment = await create({ payment_method: token });
    expect([...(await typesAbout(payment, types.length))].sort()).toEqual([...types].sort());
  });

  it('is reported when it is cancelled, once', async () => {
    const payment = await create({});
    await bench.merchant.post(`/v1/payments/${payment.id}/cancel`);
    await bench.merchant.post(`/v1/payments/${payment.id}/cancel`);
    expect(await typesAbout(payment, 1)).toEqual(['payment.cancelled']);
  });

  it('is reported for refunds', async () => {
    const payment = await create({ payment_method: 'pm_card_visa' });
    const request = { payment: payment.id, reference: `refund-${payment.id}`, amount: 5 };
    const { body: refund } = await bench.merchant.post<WireRefund>('/v1/refunds', request);
    await eventually(
      () => about(refund),
      ({ length }) => length === 1,
    );
    expect(JSON.parse(about(refund)[0]?.body ?? '')).toMatchObject({ type: 'refund.succeeded', data: { refund } });
  });

  it('is reported late when the answer was lost', async () => {
    const request = newPayment({ payment_method: 'pm_card_answer_lost' });
    await bench.merchant.post('/v1/payments', request).catch(() => undefined);
    const reference = String(request['reference']);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(about({ reference })).toEqual([]);
    await eventually(
      () => about({ reference }),
      ({ length }) => length === 1,
    );
  });
});

it('sends the same bytes under the same id until they are taken', async () => {
  receiver.answer = 500;
  const payment = await create({ payment_method: 'pm_card_visa' });
  await typesAbout(payment, 3);
  receiver.answer = 204;
  await new Promise((resolve) => setTimeout(resolve, 700));
  const attempts = about(payment);
  expect(new Set(attempts.map(({ body }) => body)).size).toBe(1);
  const count = attempts.length;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(about(payment)).toHaveLength(count);
});

it('delivers what a stopped process still owed, and settles what it left open', async () => {
  receiver.answer = 503;
  const paid = await create({ payment_method: 'pm_card_visa' });
  const open = await create({ payment_method: 'pm_card_processing' });
  await bench.close();
  const before = receiver.received.length;
  receiver.answer = 200;
  bench = await start();
  const bodies = () => receiver.received.slice(before).map(({ body }) => body);
  await eventually(bodies, (all) => all.some((body) => body.includes(paid.id)));
  const types = () => about(open).map(({ type }) => type);
  const settled = await eventually(types, (all) => all.includes('payment.succeeded'));
  expect(settled).toContain('payment.processing');
});

it('carries out what a transition owed when the process died right after writing it', async () => {
  const payment = await create({});
  const entry = {
    kind: 'charge',
    payment: payment.id,
    reference: payment.reference,
    amount: 7,
    currency: 'EUR',
    at: new Date(),
  };
  const body = JSON.stringify({ id: 'sev_left', type: 'payment.succeeded', data: { reference: payment.reference } });
  await bench.close();
  const outbox = [
    { kind: 'ledger', id: `charge:${payment.id}`, entry },
    { kind: 'event', id: 'sev_left', references: [payment.reference], body, dueAt: new Date() },
  ];
  const filter = { _id: payment.id };
  await database.database
    .collection<{ _id: string }>('payments')
    .updateOne(filter, { $set: { outbox, indebted: true } });
  bench = await start();
  await eventually(
    () => about(payment),
    ({ length }) => length === 1,
  );
  const { body: ledger } = await bench.merchant.get(`/v1/ledger?reference=${payment.reference}`);
  expect(ledger).toMatchObject({ entries: [{ kind: 'charge', amount: 7 }] });
});

it('is not held up by an endpoint that never answers', async () => {
  const dead = await bench.merchant.post('/v1/webhook_endpoints', { url: 'http://127.0.0.1:9/never' });
  expect(dead).toMatchObject({ status: 200, body: { url: 'http://127.0.0.1:9/never' } });
  const begun = Date.now();
  const payments = await Promise.all(Array.from({ length: 10 }, () => create({ payment_method: 'pm_card_visa' })));
  await Promise.all(payments.map((payment) => typesAbout(payment, 1)));
  expect(Date.now() - begun).toBeLessThan(3_000);
});
