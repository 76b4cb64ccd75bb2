import { expect, it } from '@jest/globals';
import { PermanentError, RetryableError, TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import type { CalculateTax, TaxCalculation } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { classify, loadPlugins } from './index.js';
import type { Plugins } from './index.js';

const QUESTION = {
  seller: { business: 'bus_1' },
  buyer: { country: 'DE', kind: 'consumer' },
  currency: 'EUR',
  date: '2026-11-23',
  lines: [{ id: 'line_0', product: 'pdt_1', category: 'digital_products', amount: 1999, inclusive: true }],
  idempotencyKey: 'pay_1:tax:1',
  mode: 'test',
} as const;
const ANSWER: TaxCalculation = { lines: [{ line: 'line_0', taxes: [], reason: 'exempt' }] };

const logged: { fields: Readonly<Record<string, unknown>>; message: string }[] = [];
const logger = {
  debug() {},
  info: (fields: Readonly<Record<string, unknown>>, message: string) => void logged.push({ fields, message }),
  warn: (fields: Readonly<Record<string, unknown>>, message: string) => void logged.push({ fields, message }),
  error() {},
};

/** The caller of a calculator that does as told. */
async function calculating(calculate: (request: CalculateTax) => unknown): Promise<ReturnType<Plugins['tax']>> {
  const plugin = definePlugin({
    name: 'told',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register: (registry) =>
      registry.add(TAX_CALCULATOR, {
        id: 'told',
        calculate: async (request) => (await calculate(request)) as TaxCalculation,
      }),
  });
  const plugins = await loadPlugins({ plugins: [plugin()], routes: { processor: {}, tax: 'told' }, logger });
  return plugins.tax('told');
}

it('says nothing in the words of the plugin, down to the cause, and leaves those to the log', async () => {
  const failing = new PermanentError({ code: 'no', message: 'jane@example.com', cause: new Error('sk_live_1') });
  const tax = await calculating(() => Promise.reject(failing));
  const thrown: unknown = await tax.calculate(QUESTION).catch((error: unknown) => error);
  const message = 'tax_calculator told calculate: the plugin says that trying again cannot help';
  expect(thrown).toMatchObject({ message, code: 'no', cause: undefined });
  expect(logged.at(-1)?.fields).toMatchObject({
    plugin: 'told',
    verb: 'calculate',
    code: 'no',
    said: expect.stringContaining('jane'),
  });
});

it('changes no prototype, whatever a plugin answers', async () => {
  const tax = await calculating(() => JSON.parse('{"lines":[{"__proto__":{"admin":true}}]}'));
  await expect(tax.calculate(QUESTION)).rejects.toMatchObject({ code: 'plugin_answer_invalid' });
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

it('believes a copy, so that a plugin cannot change its answer afterwards', async () => {
  const answer = { lines: [{ line: 'line_0', taxes: [], reason: 'exempt' }] };
  const believed = await (await calculating(() => answer)).calculate(QUESTION);
  for (const line of answer.lines) line.reason = 'standard';
  expect(believed).toEqual(ANSWER);
});

it('gives each plugin an input of its own', async () => {
  const question = structuredClone(QUESTION);
  const tax = await calculating((request) => {
    Object.assign(request.buyer, { country: 'US' });
    return ANSWER;
  });
  await tax.calculate(question);
  expect(question).toEqual(QUESTION);
});

it('drops fields that are undefined, as JSON does', async () => {
  const tax = await calculating(() => ({ ...ANSWER, notices: undefined }));
  await expect(tax.calculate(QUESTION)).resolves.toEqual(ANSWER);
});

it('gives up with the reason of the caller when the caller gives up', async () => {
  const tax = await calculating(() => new Promise(() => undefined));
  const controller = new AbortController();
  const reason = new Error('the activity was cancelled');
  const answer = tax.calculate({ ...QUESTION, signal: controller.signal });
  controller.abort(reason);
  await expect(answer).rejects.toBe(reason);
});

it('asks nothing for a caller that has given up already', async () => {
  let asked = 0;
  const tax = await calculating(() => (asked += 1));
  await expect(tax.calculate({ ...QUESTION, signal: AbortSignal.abort(new Error('over')) })).rejects.toThrow('over');
  expect(asked).toBe(0);
});

it('tells the plugin to stop when the deadline is over', async () => {
  let told: AbortSignal | undefined;
  const tax = await calculating(({ signal }) => {
    told = signal;
    return new Promise(() => undefined);
  });
  await expect(tax.calculate({ ...QUESTION, deadlineMs: 10 })).rejects.toMatchObject({ code: 'plugin_deadline' });
  expect(told?.aborted).toBe(true);
});

it('gives the plugin its key, its mode and a logger that names it, and nothing of the options', async () => {
  let seen: object = {};
  const tax = await calculating((request) => {
    seen = request;
    request.logger.info({ plugin: 'another', rates: 2 }, 'read');
    return ANSWER;
  });
  await tax.calculate({ ...QUESTION, deadlineMs: 1_000 });
  expect(seen).toMatchObject({ ...QUESTION, signal: expect.anything() });
  expect(seen).not.toHaveProperty('deadlineMs');
  expect(logged.at(-1)).toEqual({
    message: 'read',
    fields: { plugin: 'told', kind: 'tax_calculator', verb: 'calculate', idempotencyKey: 'pay_1:tax:1', rates: 2 },
  });
});

it('commits nothing at a calculator that keeps no record', async () => {
  const tax = await calculating(() => ANSWER);
  expect(tax.keepsRecord).toBe(false);
  await expect(tax.commit({ payment: 'pay_1', idempotencyKey: 'pay_1:tax', mode: 'test' })).resolves.toBeUndefined();
});

it('keeps how long a plugin asks to be left alone, up to a day', () => {
  const wait = (retryAfterMs: number) =>
    classify(new RetryableError({ code: 'busy', message: '', retryAfterMs })).retryAfterMs;
  expect([wait(5_000), wait(Infinity), wait(-1), wait(Number.NaN)]).toEqual([5_000, 86_400_000, undefined, undefined]);
});
