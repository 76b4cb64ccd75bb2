import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { newPayment, startBench } from '../testing/bench.js';
import type { Bench } from '../testing/bench.js';
import { WEBHOOK_SECRET, eventually, startReceiver } from '../testing/merchant.js';
import type { Receiver } from '../testing/merchant.js';
import type { WirePayment } from '../wire.js';

let database: TestDatabase;
let receiver: Receiver;
let bench: Bench;

const start = (): Promise<Bench> =>
  startBench(database, { webhook: { url: receiver.url, secret: WEBHOOK_SECRET }, webhookBackoffMs: [50, 50, 50] });

beforeAll(async () => {
  database = await testDatabase('sandbox faults');
  receiver = await startReceiver();
  bench = await start();
});

afterEach(async () => {
  await bench.merchant.delete('/v1/control/faults');
});

afterAll(async () => {
  await bench.close();
  await receiver.close();
  await database.close();
});

const rules = (...list: readonly unknown[]) => bench.merchant.put('/v1/control/faults', list);
const paid = () => newPayment({ payment_method: 'pm_card_visa' });
const charges = async (request: Readonly<Record<string, unknown>>): Promise<readonly { amount: number }[]> => {
  const { body } = await bench.merchant.get<{ entries: { amount: number }[] }>(
    `/v1/ledger?reference=${String(request['reference'])}`,
  );
  return body.entries;
};
const arrived = (request: Readonly<Record<string, unknown>>) =>
  receiver.received.filter(({ body }) => body.includes(`"${String(request['reference'])}"`));

describe('a fault', () => {
  it('before the work: nothing happened, and the same key works afterwards', async () => {
    await rules({ operation: 'create_payment', effect: 'error_before', times: 1 });
    const request = paid();
    const refused = await bench.merchant.post('/v1/payments', request, { key: 'before-1' });
    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await charges(request)).toHaveLength(0);
    expect((await bench.merchant.post('/v1/payments', request, { key: 'before-1' })).status).toBe(200);
  });

  it('after the work: the charge stands, and the key repeats the error for as long as it lives', async () => {
    await rules({ operation: 'create_payment', effect: 'error_after', times: 1 });
    const request = paid();
    const first = await bench.merchant.post('/v1/payments', request, { key: 'after-1' });
    const second = await bench.merchant.post('/v1/payments', request, { key: 'after-1' });
    expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([500, 500, 'true']);
    expect(await charges(request)).toHaveLength(1);
  });

  it('that drops the answer leaves the charge, and the key gets the true answer', async () => {
    await rules({ operation: 'create_payment', effect: 'drop_answer', times: 1 });
    const request = paid();
    await expect(bench.merchant.post('/v1/payments', request, { key: 'drop-1' })).rejects.toThrow('fetch failed');
    const again = await bench.merchant.post<WirePayment>('/v1/payments', request, { key: 'drop-1' });
    expect(again).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    expect(await charges(request)).toHaveLength(1);
  });

  it('that hangs has done the work; without a time it lasts until the caller gives up', async () => {
    await rules({ operation: 'create_payment', effect: 'hang', times: 1 });
    const request = paid();
    await expect(bench.merchant.post('/v1/payments', request, { signal: AbortSignal.timeout(200) })).rejects.toThrow(
      'timeout',
    );
    expect(await charges(request)).toHaveLength(1);
  });

  it('that hangs for a time answers then', async () => {
    await rules({ operation: 'retrieve_payment', effect: 'hang', delay_ms: 200, times: 1 });
    const begun = Date.now();
    expect((await bench.merchant.get('/v1/payments?reference=nothing')).status).toBe(200);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(190);
  });

  it.each([
    ['html', /^<!doctype html>/],
    ['truncated', /^\{"id":"sp_[^}]*$/],
    ['huge', /x{1000000}/],
    ['negative_amount', /"amount":-1,"amount_captured":-1/],
    ['other_reference', /"reference":"somebody-else"/],
  ])('answers garbage of the kind %s', async (garbage, expected) => {
    await rules({ operation: 'create_payment', effect: 'garbage', garbage, times: 1 });
    const answer = await bench.merchant.post('/v1/payments', newPayment({ payment_method: 'pm_card_visa' }));
    expect(answer.text).toMatch(expected);
  });

  it('limits the rate', async () => {
    await rules({ operation: 'refund', effect: 'rate_limited', times: 1 });
    const limited = await bench.merchant.post('/v1/refunds', { payment: 'sp_1', reference: 'r', amount: 1 });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1']);
  });

  it('captures another amount', async () => {
    await rules({ operation: 'create_payment', effect: 'captured_amount', delta: -5, times: 1 });
    const request = paid();
    const { body } = await bench.merchant.post<WirePayment>('/v1/payments', request);
    expect(body).toMatchObject({ amount: 1255, amount_captured: 1250, status: 'succeeded' });
    expect(await charges(request)).toMatchObject([{ amount: 1250 }]);
  });

  it('waits first when it has a delay', async () => {
    await rules({ operation: 'cancel', effect: 'error_before', delay_ms: 150, times: 1 });
    const begun = Date.now();
    expect((await bench.merchant.post('/v1/payments/sp_1/cancel')).status).toBe(503);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(140);
  });
});

describe('a rule', () => {
  it('acts as often as it says, also when many requests come at once', async () => {
    await rules({ operation: 'retrieve_payment', effect: 'error_before', status: 502, times: 3 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => bench.merchant.get('/v1/payments?reference=nothing')),
    );
    expect(answers.map(({ status }) => status).filter((status) => status === 502)).toHaveLength(3);
  });

  it('acts on its reference only', async () => {
    const { body: payment } = await bench.merchant.post<WirePayment>('/v1/payments', paid());
    await rules({ operation: 'any', effect: 'error_before', reference: payment.reference });
    expect((await bench.merchant.get(`/v1/payments/${payment.id}`)).status).toBe(503);
    expect((await bench.merchant.post('/v1/refunds', { payment: payment.id, reference: 'r', amount: 1 })).status).toBe(
      503,
    );
    expect((await bench.merchant.post('/v1/payments', paid())).status).toBe(200);
  });

  it('stays in force over a restart, until it is cleared', async () => {
    await rules({ operation: 'any', effect: 'error_before' });
    await bench.close();
    bench = await start();
    expect((await bench.merchant.post('/v1/payments', paid())).status).toBe(503);
    expect((await fetch(`${bench.origin}/pay/nothing`)).status).toBe(503);
    await bench.merchant.delete('/v1/control/faults');
    expect((await bench.merchant.post('/v1/payments', paid())).status).toBe(200);
  });

  it.each([
    [{ operation: 'everything', effect: 'hang' }],
    [{ operation: 'any', effect: 'hang', times: 0 }],
    [{ operation: 'any' }],
  ])('is refused when it does not parse: %j', async (rule) => {
    expect(await rules(rule)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('webhooks', () => {
  it('arrive twice', async () => {
    await rules({ operation: 'webhook', effect: 'duplicate_webhook', times: 1 });
    const request = paid();
    await bench.merchant.post('/v1/payments', request);
    const [one, two] = await eventually(
      () => arrived(request),
      ({ length }) => length === 2,
    );
    expect(one?.body).toBe(two?.body);
  });

  it('get lost and come with the next attempt', async () => {
    await rules({ operation: 'webhook', effect: 'error_before', times: 2 });
    const request = paid();
    await bench.merchant.post('/v1/payments', request);
    expect(
      await eventually(
        () => arrived(request),
        ({ length }) => length === 1,
      ),
    ).toHaveLength(1);
  });

  it('come before the answer of the API', async () => {
    await rules({ operation: 'create_payment', effect: 'hang', delay_ms: 400, times: 1 });
    const request = paid();
    let answered = false;
    const answer = bench.merchant.post('/v1/payments', request).finally(() => (answered = true));
    await eventually(
      () => arrived(request),
      ({ length }) => length === 1,
    );
    expect(answered).toBe(false);
    await answer;
  });

  it('come with a body that the signature does not cover', async () => {
    await rules({ operation: 'webhook', effect: 'garbage', garbage: 'negative_amount', times: 1 });
    const request = paid();
    await bench.merchant.post('/v1/payments', request);
    const [forged] = await eventually(
      () => arrived(request),
      ({ length }) => length > 0,
    );
    expect(forged?.body).toContain('"amount":-1');
  });
});

it('has no control routes unless faults are allowed', async () => {
  const closed = await startBench(database, { faults: false });
  expect((await closed.merchant.put('/v1/control/faults', [])).status).toBe(404);
  expect((await closed.merchant.post('/v1/control/settle', { payment: 'sp_1' })).status).toBe(404);
  await closed.close();
});
