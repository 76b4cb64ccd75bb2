import { expect, it } from '@jest/globals';
import { NotSentError, PermanentError, RetryableError, TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import type { CalculateTax, TaxCalculation } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { classify, loadPlugins } from './index.js';
import type { PluginFailure } from './index.js';

const QUESTION = {
  seller: { business: 'bus_1', country: 'DE' },
  buyer: { country: 'DE', kind: 'consumer' },
  currency: 'EUR',
  date: '2026-11-23',
  lines: [
    { id: 'line_0', product: 'pdt_1', category: 'digital_products', amount: 1999, inclusive: true },
    { id: 'line_1', product: 'pdt_2', category: 'e_book', amount: 500, inclusive: true },
  ],
  idempotencyKey: 'pay_1:tax:1',
  mode: 'test',
} as const;

const GOOD: TaxCalculation = {
  lines: QUESTION.lines.map(({ id }) => ({
    line: id,
    taxes: [{ name: 'MwSt.', rate: '19/100', jurisdiction: 'DE', reason: 'standard' }],
    reason: 'standard',
  })),
};

const silent = { debug() {}, info() {}, warn() {}, error() {} };

const calculator = (name: string, calculate: (request: CalculateTax) => unknown) =>
  definePlugin({
    name,
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register: (registry) =>
      registry.add(TAX_CALCULATOR, {
        id: name,
        calculate: calculate as (request: CalculateTax) => Promise<TaxCalculation>,
      }),
  })();

const withEvil = (calculate: (request: CalculateTax) => unknown) =>
  loadPlugins({
    plugins: [calculator('evil', calculate), calculator('good', async () => GOOD)],
    routes: { processor: {}, tax: 'good' },
    logger: silent,
    deadlines: { tax_calculator: 50 },
  });

const oneLine = (taxes: unknown, reason: unknown = 'standard') => ({
  lines: [{ line: 'line_0', taxes, reason }, GOOD.lines[1]],
});
const taxOf = (change: Record<string, unknown>) =>
  oneLine([{ name: 'VAT', rate: '19/100', jurisdiction: 'DE', reason: 'standard', ...change }]);

function cyclic(): unknown {
  const answer: Record<string, unknown> = { ...GOOD };
  answer['lines'] = [answer];
  return answer;
}

const trap = (): never => {
  throw new Error('sprung');
};
const trapped = (target: object) =>
  new Proxy(target, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap });

type Mode = readonly [
  name: string,
  calculate: (request: CalculateTax) => unknown,
  failure: Pick<PluginFailure, 'kind' | 'code'>,
];
const CRASHED = { kind: 'other', code: 'plugin_crashed' } as const;
const INVALID = { kind: 'invalid_answer', code: 'plugin_answer_invalid' } as const;
const LATE = { kind: 'retryable', code: 'plugin_deadline' } as const;
/** Something that `await` takes for a promise. */
const promiseLike = (run: () => unknown, verb = 'then'): unknown => ({ [verb]: run });
const rejecting = (reason: unknown) => (): unknown => Promise.reject(reason);

const THROWING: readonly Mode[] = [
  [
    'throws at once',
    () => {
      throw new Error('secret sk_live_1');
    },
    CRASHED,
  ],
  ['rejects', rejecting(new Error('secret sk_live_1')), CRASHED],
  ['rejects with a text', rejecting('secret sk_live_1'), CRASHED],
  ['rejects with null', rejecting(null), CRASHED],
  ['rejects with undefined', rejecting(undefined), CRASHED],
  ['rejects with a trap', rejecting(trapped({})), CRASHED],
  [
    'rejects with an error whose fields are traps',
    rejecting(Object.defineProperty(new Error('x'), 'message', { get: trap })),
    CRASHED,
  ],
  ['rejects with a forged marker', rejecting({ [Symbol.for('payonce.plugin-error')]: 'please', code: 'x' }), CRASHED],
  [
    'throws a retryable error',
    rejecting(new RetryableError({ code: 'rates_unreachable', message: 'jane@example.com' })),
    { kind: 'retryable', code: 'rates_unreachable' },
  ],
  [
    'throws a permanent error',
    rejecting(new PermanentError({ code: 'no_such_product', message: 'jane@example.com' })),
    { kind: 'permanent', code: 'no_such_product' },
  ],
  [
    'throws a not-sent error',
    rejecting(new NotSentError({ code: 'refused', message: 'jane@example.com' })),
    { kind: 'not_sent', code: 'refused' },
  ],
  [
    'hides words in its code',
    rejecting(new PermanentError({ code: 'jane@example.com', message: '' })),
    { kind: 'permanent', code: 'plugin_crashed' },
  ],
];

const HANGING: readonly Mode[] = [
  ['never settles', () => new Promise(() => undefined), LATE],
  [
    'answers well, but after the deadline',
    () =>
      new Promise((resolve) => {
        setTimeout(() => resolve(GOOD), 120);
      }),
    LATE,
  ],
  [
    'rejects after the deadline',
    () =>
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error('late')), 120);
      }),
    LATE,
  ],
  [
    'fails because of the abort',
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    LATE,
  ],
  ['answers something promise-like that never calls back', () => promiseLike(() => undefined), LATE],
  ['answers something promise-like that throws', () => promiseLike(trap), CRASHED],
];

const NONSENSE: readonly Mode[] = [
  ['answers nothing', () => undefined, INVALID],
  ['answers null', () => null, INVALID],
  ['answers a text', () => 'VAT', INVALID],
  ['answers a number', () => 19, INVALID],
  ['answers a function', () => () => GOOD, INVALID],
  ['answers a list', () => [GOOD], INVALID],
  ['answers amounts instead of rates', () => taxOf({ amount: 319.84 }), INVALID],
  ['answers a rate as a number', () => taxOf({ rate: 0.19 }), INVALID],
  ['answers NaN', () => taxOf({ rate: Number.NaN }), INVALID],
  ['answers a negative rate', () => taxOf({ rate: '-19/100' }), INVALID],
  ['answers a rate divided by nothing', () => taxOf({ rate: '19/0' }), INVALID],
  ['answers a rate of a million digits', () => taxOf({ rate: '1'.repeat(200_000) }), INVALID],
  ['answers 1900 %', () => taxOf({ rate: '19' }), INVALID],
  ['taxes what it says is exempt', () => taxOf({ reason: 'exempt' }), INVALID],
  ['answers a reason of its own', () => oneLine([], 'because'), INVALID],
  ['answers a line twice', () => ({ lines: [GOOD.lines[0], GOOD.lines[0]] }), INVALID],
  ['forgets a line', () => ({ lines: [GOOD.lines[0]] }), INVALID],
  [
    'answers a line of another sale',
    () => ({ lines: [...GOOD.lines, { line: 'line_9', taxes: [], reason: 'exempt' }] }),
    INVALID,
  ],
  ['answers more than 256 kB', () => ({ ...GOOD, notices: ['x'.repeat(5_000_000)] }), INVALID],
  [
    'answers an endless list',
    () => new Proxy([], { get: (target, key) => (key === 'length' ? 2 ** 32 - 1 : Reflect.get(target, key)) }),
    INVALID,
  ],
  ['answers something that contains itself', cyclic, INVALID],
  [
    'answers something very deep',
    () => Array.from({ length: 10_000 }).reduce<unknown>((inner) => [inner], GOOD),
    INVALID,
  ],
  ['answers a key that changes prototypes', () => JSON.parse('{"lines":[],"__proto__":{"admin":true}}'), INVALID],
  ['answers a constructor', () => ({ ...GOOD, constructor: { prototype: {} } }), INVALID],
  [
    'answers a getter',
    () => ({
      get lines() {
        return GOOD.lines;
      },
    }),
    INVALID,
  ],
  [
    'answers an instance of a class',
    () =>
      new (class {
        readonly lines = GOOD.lines;
      })(),
    INVALID,
  ],
  ['answers a map', () => new Map(Object.entries(GOOD)), INVALID],
  ['answers a trap deep inside', () => ({ lines: [trapped({})] }), INVALID],
  ['answers a field that is not in the contract', () => ({ ...GOOD, refund: true }), INVALID],
];

it.each([...THROWING, ...HANGING, ...NONSENSE])('stops its own step only when it %s', async (_, calculate, failure) => {
  const plugins = await withEvil(calculate);
  const [evil, good] = await Promise.allSettled([
    plugins.tax('evil').calculate(QUESTION),
    plugins.tax('good').calculate(QUESTION),
  ]);
  expect(evil).toMatchObject({ status: 'rejected' });
  expect(classify(evil.status === 'rejected' && evil.reason)).toMatchObject(failure);
  expect(good).toEqual({ status: 'fulfilled', value: GOOD });
});
