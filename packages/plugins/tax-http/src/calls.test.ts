import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { pluginErrorKind } from '@payonce/plugin-sdk';
import type { TaxCalculator } from '@payonce/plugin-sdk';
import { taxHttp } from './index.js';
import { calculatorOf, question, record } from './testing/asking.js';
import { SECRET, answerTo, startCalculatorServer } from './testing/calculator-server.js';
import type { CalculatorServer, Plan } from './testing/calculator-server.js';

let server: CalculatorServer;
let calculator: TaxCalculator;

beforeAll(async () => {
  server = await startCalculatorServer();
});

beforeEach(async () => {
  server.plans.length = 0;
  server.received.length = 0;
  calculator = await waiting(5_000);
});

const waiting = (timeoutMs: number): Promise<TaxCalculator> =>
  calculatorOf(taxHttp({ url: `${server.origin}/rates`, secret: SECRET, timeoutMs, allowLoopback: true }));

afterAll(() => server.close());

interface Failure {
  readonly kind: string | undefined;
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
  readonly cause: unknown;
}

/** How a call fails. */
async function failureOf(call: Promise<unknown> | undefined): Promise<Failure> {
  const thrown = await call?.then(
    () => undefined,
    (error: unknown) => error,
  );
  const { code, message, retryAfterMs, cause } = thrown as Failure;
  return { kind: pluginErrorKind(thrown), code, message, retryAfterMs, cause };
}

async function planned(plan: Plan): Promise<Failure> {
  server.plans.push(plan);
  const asked = plan === 'hold' || plan === 'drip' ? await waiting(300) : calculator;
  return failureOf(asked.calculate(question()));
}

it('asks in JSON, and answers what comes back', async () => {
  const answer = await calculator.calculate(question());
  expect(answer).toEqual({
    lines: [
      {
        line: 'line_0',
        taxes: [{ name: 'MwSt.', rate: '19/100', jurisdiction: 'DE', reason: 'standard' }],
        reason: 'standard',
      },
    ],
  });
  const [received] = server.received;
  expect(received?.path).toBe('/rates');
  expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'payonce' });
  expect(JSON.parse(received?.text ?? '')).toEqual({
    type: 'tax.calculate',
    mode: 'test',
    date: '2026-11-23',
    currency: 'EUR',
    seller: { business_id: 'bus_1', country: 'AT' },
    buyer: { kind: 'business', country: 'DE', state: null, postcode: '10115', tax_id: 'DE136695976' },
    lines: [{ id: 'line_0', product_id: 'pdt_1', category: 'saas', amount: 1999, inclusive: true }],
  });
});

it('gives the same question the same id, and another question another', async () => {
  await calculator.calculate(question());
  await calculator.calculate(question());
  await calculator.calculate(question({ currency: 'USD' }));
  const [first, second, third] = server.received.map(({ headers }) => headers['webhook-id']);
  expect(first).toMatch(/^msg_[\w-]{43}$/);
  expect([second, third === first]).toEqual([first, false]);
});

const line = (change: object) => ({ ...answerTo({ buyer: { country: 'DE' }, lines: [] }), ...change });
const tax = { name: 'MwSt.', rate: '19/100', jurisdiction: 'DE', reason: 'standard' };
const one = { line: 'line_0', taxes: [tax], reason: 'standard' };

it.each<readonly [string, unknown]>([
  ['not JSON', '<h1>hello</h1>'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', []],
  ['no lines', line({})],
  ['an unknown field', { lines: [one], more: 1 }],
  ['another line', { lines: [{ ...one, line: 'line_1' }] }],
  ['a line twice', { lines: [one, one] }],
  ['an amount', { lines: [{ ...one, taxes: [{ ...tax, amount: 380 }] }] }],
  ['a number for a rate', { lines: [{ ...one, taxes: [{ ...tax, rate: 0.19 }] }] }],
  ['a negative rate', { lines: [{ ...one, taxes: [{ ...tax, rate: '-19/100' }] }] }],
  ['a percentage', { lines: [{ ...one, taxes: [{ ...tax, rate: '19' }] }] }],
  ['an unknown reason', { lines: [{ ...one, reason: 'because' }] }],
  ['tax on what is exempt', { lines: [{ ...one, reason: 'exempt' }] }],
  ['more than 64 KiB', `${JSON.stringify({ lines: [one] })}${' '.repeat(64 * 1024)}`],
])('believes nothing of an answer that is %s, and may ask again', async (_, body) => {
  expect(await planned({ body })).toMatchObject({ kind: 'retryable', code: 'calculator_answer_invalid' });
});

it.each<readonly [string, Plan, object]>([
  ['500', { status: 500 }, { kind: 'retryable', code: 'calculator_unavailable' }],
  ['503', { status: 503, headers: { 'retry-after': '7' } }, { kind: 'retryable', retryAfterMs: 7_000 }],
  ['429', { status: 429 }, { kind: 'retryable', code: 'calculator_rate_limited' }],
  ['409', { status: 409, body: { code: 'busy', message: 'still at it' } }, { kind: 'retryable' }],
  ['404 of a proxy', { status: 404, body: '<h1>nginx</h1>' }, { kind: 'retryable', code: 'calculator_unavailable' }],
  [
    'a redirect',
    { status: 307, headers: { location: 'http://127.0.0.1:1/' } },
    { kind: 'retryable', code: 'calculator_redirected' },
  ],
  ['nothing, ever', 'hold', { kind: 'retryable', code: 'calculator_no_answer' }],
  ['headers alone', 'drip', { kind: 'retryable', code: 'calculator_no_answer' }],
  ['a broken connection', 'lose', { kind: 'retryable', code: 'calculator_no_answer' }],
])('may ask again after %s', async (_, plan, failure) => {
  expect(await planned(plan)).toMatchObject(failure);
  expect(await calculator.calculate(question())).toMatchObject({ lines: [{ line: 'line_0' }] });
});

it('takes a refusal for final, in the words of the calculator but without people and secrets', async () => {
  const message = `DE136695976 of 10115 is not known, ${SECRET}`;
  const failure = await planned({ status: 422, body: { code: 'tax_id_unknown', message } });
  expect(failure).toMatchObject({ kind: 'permanent', code: 'tax_id_unknown', cause: undefined });
  expect(failure.message).toBe('the calculator refused: … of … is not known, whsec_…');
});

it('says that nothing was sent when nobody listens', async () => {
  const unused = createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const { port } = unused.address() as AddressInfo;
  unused.close();
  await once(unused, 'close');
  const url = `http://127.0.0.1:${port}/rates?token=secret`;
  const lonely = await calculatorOf(taxHttp({ url, secret: SECRET, allowLoopback: true }));
  const failure = await failureOf(lonely.calculate(question()));
  expect(failure).toMatchObject({ kind: 'not_sent', code: 'calculator_unreachable', cause: undefined });
  expect(failure.message).not.toContain('token');
});

it('asks nothing when the call was over before it began', async () => {
  const failure = await failureOf(calculator.calculate(question({ signal: AbortSignal.abort() })));
  expect(failure).toMatchObject({ kind: 'not_sent', code: 'calculator_not_asked' });
  expect(server.received).toEqual([]);
});

it('keeps no record when no address for it is given', () => {
  expect([calculator.commit, calculator.void]).toEqual([undefined, undefined]);
});

it('tells the addresses of the records of a payment and of its return', async () => {
  const keeping = await calculatorOf(
    taxHttp({
      url: `${server.origin}/rates`,
      commitUrl: `${server.origin}/commit`,
      voidUrl: `${server.origin}/void`,
      secret: SECRET,
      allowLoopback: true,
    }),
  );
  await keeping.commit?.(record());
  expect(server.records).toEqual(new Set(['pay_1']));
  await keeping.void?.(record());
  expect(server.records).toEqual(new Set());
  expect(server.received.map(({ path, text }) => [path, JSON.parse(text)])).toEqual([
    ['/commit', { type: 'tax.commit', mode: 'test', payment_id: 'pay_1' }],
    ['/void', { type: 'tax.void', mode: 'test', payment_id: 'pay_1' }],
  ]);
});

it('takes any success for a record that was kept, and nothing else', async () => {
  const options = { url: `${server.origin}/rates`, commitUrl: `${server.origin}/commit`, secret: SECRET };
  const keeping = await calculatorOf(taxHttp({ ...options, allowLoopback: true }));
  server.plans.push({ status: 204, body: '' }, { status: 500 });
  await expect(keeping.commit?.(record())).resolves.toBeUndefined();
  expect(await failureOf(keeping.commit?.(record()))).toMatchObject({ kind: 'retryable' });
});
