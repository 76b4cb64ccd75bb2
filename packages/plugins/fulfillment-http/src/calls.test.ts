import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifySigned } from '@payonce/plugin-sdk/http';
import { NOW, callDesk, failureOf, grantOf } from './testing/desk.js';
import { SECRET, startReceiver } from './testing/receiver.js';
import type { Plan, Receiver } from './testing/receiver.js';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.plans.length = 0;
  receiver.received.length = 0;
});

afterAll(() => receiver.close());

const answered = (...plans: Plan[]) => {
  receiver.plans.push(...plans);
  return callDesk(receiver.url, { timeoutMs: 300 });
};

describe('a call', () => {
  it('is signed, and has the same id at every repetition', async () => {
    const { fulfill } = answered('lose', { body: { outcome: 'pending', awaiting: 'A teacher looks at it.' } });
    await failureOf(fulfill(grantOf('a', { course: 'c_1' })));
    await fulfill(grantOf('a', { course: 'c_1' }));
    const [first, second] = receiver.received;
    if (!first || !second) throw new TypeError('it was called twice');
    const { headers, text: body } = first;
    expect(verifySigned({ headers, body, secrets: [SECRET], now: NOW })).toEqual({ verified: true });
    expect(first.headers['webhook-timestamp']).toBe(String(NOW.getTime() / 1_000));
    expect(first.headers['webhook-id']).toMatch(/^msg_[\w-]{43}$/);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(JSON.parse(first.text)).toEqual({
      type: 'fulfill',
      mode: 'test',
      grant: {
        id: 'entg_a',
        payment_id: 'pay_a',
        business_id: 'bus_1',
        product_id: 'pdt_1',
        product_name: 'Typography',
        unit: 0,
        customer: { customer_id: 'cus_1', email: 'ada@example.com', name: 'Ada Lovelace' },
        settings: { course: 'c_1' },
      },
    });
  });

  it('that delivered is not made again for the same grant', async () => {
    const { fulfill } = answered();
    const first = await fulfill(grantOf('once'));
    expect(await fulfill(grantOf('once'))).toEqual(first);
    expect(receiver.received).toHaveLength(1);
  });

  it('delivers a license key as well as items', async () => {
    const key = { key: 'AB-1', activations_limit: 2, expires_at: '2028-05-01T00:00:00+02:00' };
    const { fulfill } = answered({ body: { outcome: 'delivered', license_key: key } });
    expect(await fulfill(grantOf('key'))).toEqual({
      outcome: 'delivered',
      content: { kind: 'license_key', key: 'AB-1', activationsLimit: 2, expiresAt: '2028-04-30T22:00:00.000Z' },
    });
  });

  it.each<readonly [string, Plan, object]>([
    ['not JSON', { body: '<h1>hello</h1>' }, { kind: 'retryable', code: 'receiver_answer_invalid' }],
    ['nothing', { body: '' }, { kind: 'retryable', code: 'receiver_answer_invalid' }],
    [
      'an unknown field',
      { body: { outcome: 'pending', awaiting: 'x', more: 1 } },
      { kind: 'retryable', code: 'receiver_answer_invalid' },
    ],
    [
      'both kinds of goods',
      { body: { outcome: 'delivered', items: [], license_key: { key: 'x' } } },
      { kind: 'retryable', code: 'receiver_answer_invalid' },
    ],
    [
      'a link by script',
      { body: { outcome: 'delivered', items: [{ label: 'x', value: 'y', url: 'javascript:alert(1)' }] } },
      { kind: 'retryable', code: 'receiver_answer_invalid' },
    ],
    [
      'more than 64 KiB',
      { body: `{"outcome":"pending","awaiting":"x"${' '.repeat(65_536)}}` },
      { kind: 'retryable', code: 'receiver_answer_invalid' },
    ],
    [
      'a redirect',
      { status: 307, headers: { location: '/elsewhere' } },
      { kind: 'retryable', code: 'receiver_redirected' },
    ],
    [
      'that it is busy',
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retryable', code: 'receiver_rate_limited', retryAfterMs: 7_000 },
    ],
    [
      'to come in a year',
      { status: 503, headers: { 'retry-after': '31536000' } },
      { kind: 'retryable', code: 'receiver_unavailable', retryAfterMs: 3_600_000 },
    ],
    [
      'to come at a time of day',
      {
        status: 503,
        headers: { date: 'Sat, 01 May 2027 10:00:00 GMT', 'retry-after': 'Sat, 01 May 2027 10:00:20 GMT' },
      },
      { kind: 'retryable', retryAfterMs: 20_000 },
    ],
    [
      'that it works on it',
      { status: 409 },
      { kind: 'retryable', code: 'receiver_unavailable', retryAfterMs: undefined },
    ],
    [
      'a refusal',
      { status: 422, body: { code: 'course_full', message: 'The course is full.' } },
      { kind: 'permanent', code: 'course_full', message: 'the receiver refused: The course is full.' },
    ],
    [
      'that it is gone',
      { status: 410, body: { code: 'course_over', message: 'It is over.' } },
      { kind: 'permanent', code: 'course_over' },
    ],
    [
      'a refusal without words, as a proxy answers while the receiver is away',
      { status: 404, body: '<h1>Not found</h1>' },
      { kind: 'retryable', code: 'receiver_unavailable', message: 'the receiver answered 404' },
    ],
    [
      'that it is gone, without words',
      { status: 410 },
      { kind: 'permanent', code: 'receiver_refused', message: 'the receiver answered 410' },
    ],
    [
      'a refusal with an odd code',
      { status: 400, body: { code: 'Bad Code!', message: 'x' } },
      { kind: 'retryable', code: 'receiver_unavailable' },
    ],
    [
      'a refusal that names the buyer',
      { status: 400, body: { code: 'banned', message: 'Ada Lovelace (ada@example.com) is banned' } },
      { kind: 'permanent', message: 'the receiver refused: … (…) is banned' },
    ],
    ['nothing in time', 'hold', { kind: 'retryable', code: 'receiver_no_answer' }],
  ])('that is answered with %s ends so', async (what, plan, ending) => {
    const { fulfill } = answered(plan);
    expect(await failureOf(fulfill(grantOf(what.replaceAll(' ', '-'))))).toMatchObject(ending);
  });

  it('that reaches nobody says that nothing was sent', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { fulfill } = callDesk(`http://127.0.0.1:${port}`);
    expect(await failureOf(fulfill(grantOf('a')))).toMatchObject({ kind: 'not_sent', code: 'receiver_unreachable' });
  });
});

describe('a revocation', () => {
  it('is taken by any success, and by 410', async () => {
    const { revoke } = answered({ status: 204, body: '' }, { status: 200, body: 'ok' }, { status: 410 });
    for (const id of ['a', 'b', 'c']) await revoke(grantOf(id));
    expect(receiver.received.map(({ body }) => body.type)).toEqual(['revoke', 'revoke', 'revoke']);
  });

  it('is made again after a failure, and ends deliveries for good', async () => {
    const { revoke, fulfill } = answered({ status: 500 });
    expect(await failureOf(revoke(grantOf('a')))).toMatchObject({ kind: 'retryable' });
    await revoke(grantOf('a'));
    expect(receiver.received).toHaveLength(2);
    expect(await failureOf(fulfill(grantOf('a')))).toMatchObject({ kind: 'permanent', code: 'grant_ended' });
    expect(receiver.received).toHaveLength(2);
  });
});

it('completes what is pending, once, and only what was asked for', async () => {
  const { fulfill, complete, revoke } = answered({ body: { outcome: 'pending', awaiting: 'x' } });
  const items = [{ label: 'Seat', value: '12A' }];
  expect(await complete({ grant: 'entg_a', items })).toMatchObject({ outcome: 'refused', code: 'unknown_grant' });
  expect(await fulfill(grantOf('a'))).toEqual({ outcome: 'pending', awaiting: 'x' });
  const delivered = { outcome: 'delivered', content: { kind: 'content', items } };
  const done = {
    outcome: 'done',
    answer: { grant: 'entg_a', completed: true, at: NOW.toISOString() },
    delivered: [{ grant: 'entg_a', delivered }],
  };
  expect(await complete({ grant: 'entg_a', items })).toEqual(done);
  expect(await complete({ grant: 'entg_a', items }, 'another key')).toEqual(done);
  expect(await complete({ grant: 'entg_a', license_key: { key: 'K' } }, 'other')).toMatchObject({
    code: 'already_completed',
  });
  expect(await fulfill(grantOf('a'))).toEqual(delivered);
  await revoke(grantOf('a'));
  expect(await complete({ grant: 'entg_a', items })).toMatchObject({ code: 'grant_ended' });
});

it.each([
  {},
  { grant: 'entg_a' },
  { grant: 'entg_a', items: [] },
  { grant: 'entg_a', items: [{ label: 'x', value: 'y' }], license_key: { key: 'K' } },
  { grant: 'entg_a', items: [{ label: 'x', value: 'y', url: 'javascript:alert(1)' }] },
  { grant: 'entg_a', license_key: { key: '' } },
])('refuses to complete with %j', async (input) => {
  const action = callDesk(receiver.url).provider.actions?.['complete'];
  expect((await action?.input['~standard'].validate(input))?.issues).toBeDefined();
});
