import { randomInt } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FulfillmentProvider, Grant, Json, PluginHost } from '@payonce/plugin-sdk';
import { fulfillmentActionResult } from '@payonce/plugin-sdk/schemas';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { serviceProvider } from './provider.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const START = new Date('2027-05-01T10:00:00.000Z');
const SETTINGS = { instructions: 'We translate your text.', buyerSends: 'the text, to text@shop.example', dueDays: 7 };

let host: PluginHost;
let service: FulfillmentProvider;
let now = START;

beforeEach(() => {
  now = START;
  host = memoryHost();
  service = serviceProvider({ host, now: () => now });
});

const call = (idempotencyKey: string) => ({
  idempotencyKey,
  signal: new AbortController().signal,
  logger,
  mode: 'test' as const,
});

const grantOf = (id: string, settings: Json = SETTINGS): Grant => ({
  id: `entg_${id}`,
  payment: `pay_${id}`,
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_1',
  productName: 'Translation',
  unit: 0,
  customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
  settings,
});

const fulfill = (grant: Grant) => service.fulfill({ ...call(`f:${grant.id}`), grant });
const revoke = (grant: Grant) => service.revoke({ ...call(`r:${grant.id}`), grant, reason: 'refund' });
const act = async (name: string, input: Json, key = `k${randomInt(2 ** 40)}`) =>
  fulfillmentActionResult.parse(await service.actions?.[name]?.run({ ...call(key), business: 'bus_1', input }));
const listed = async (input: Json = {}) => {
  const answer = await act('list', input);
  return answer.outcome === 'done'
    ? (answer.answer as { items: { grant: string; overdue: boolean }[]; next: string })
    : undefined;
};

describe('a service', () => {
  it('tells the buyer what happens, what is needed and by when, the same at every repetition', async () => {
    const first = await fulfill(grantOf('a'));
    expect(first).toEqual({
      outcome: 'pending',
      awaiting: 'We translate your text. Needed from you: the text, to text@shop.example. Expected by May 8, 2027.',
    });
    now = new Date('2027-06-01T10:00:00.000Z');
    expect(await Promise.all([fulfill(grantOf('a')), fulfill(grantOf('a'))])).toEqual([first, first]);
    expect((await listed())?.items).toEqual([
      {
        grant: 'entg_a',
        payment: 'pay_a',
        product: 'pdt_1',
        productName: 'Translation',
        unit: 0,
        createdAt: '2027-05-01T10:00:00.000Z',
        dueAt: '2027-05-08T10:00:00.000Z',
        overdue: true,
      },
    ]);
  });

  it('is listed by due date, page by page, without a date last', async () => {
    for (const [id, dueDays] of [
      ['a', null],
      ['b', 30],
      ['c', 2],
      ['d', 9],
    ] as const)
      await fulfill(grantOf(id, { ...SETTINGS, dueDays }));
    now = new Date('2027-05-04T10:00:00.000Z');
    const first = await listed({ limit: 2 });
    expect(first?.items.map(({ grant, overdue }) => [grant, overdue])).toEqual([
      ['entg_c', true],
      ['entg_d', false],
    ]);
    const second = await listed({ limit: 3, after: first?.next ?? '' });
    expect(second?.items.map(({ grant }) => grant)).toEqual(['entg_b', 'entg_a']);
    expect(second?.next).toBeNull();
  });

  it('is delivered with items and a note, and then off the list', async () => {
    await fulfill(grantOf('a'));
    const items = [{ label: 'Text', value: 'Your translation', url: 'https://files.example/1' }];
    const content = { kind: 'content', items: [...items, { label: 'Note', value: 'Enjoy' }] };
    expect(await act('complete', { grant: 'entg_a', items, note: 'Enjoy' })).toEqual({
      outcome: 'done',
      answer: { grant: 'entg_a', completed: true, at: START.toISOString() },
      delivered: [{ grant: 'entg_a', delivered: { outcome: 'delivered', content } }],
    });
    expect(await fulfill(grantOf('a'))).toEqual({ outcome: 'delivered', content });
    expect((await listed())?.items).toEqual([]);
  });

  it('is completed once: again by the same key or with the same words, refused with others', async () => {
    await fulfill(grantOf('a'));
    const complete = (note: string, key?: string) => act('complete', { grant: 'entg_a', note }, key);
    const answers = await Promise.all(Array.from({ length: 20 }, () => complete('Done', 'k')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    now = new Date('2027-05-02T10:00:00.000Z');
    expect(await complete('Something else', 'k')).toEqual(answers[0]);
    expect(await complete('Done')).toEqual(answers[0]);
    expect(await complete('Something else')).toMatchObject({
      outcome: 'refused',
      code: 'already_completed',
      message: expect.stringContaining('refund the payment'),
    });
  });

  it('is completed by one of several people', async () => {
    await fulfill(grantOf('a'));
    const answers = await Promise.all(['x', 'y', 'z'].map((note) => act('complete', { grant: 'entg_a', note })));
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused', 'refused']);
  });

  it('leaves the list when it is refunded, and cannot be delivered any more', async () => {
    await fulfill(grantOf('a'));
    await revoke(grantOf('a'));
    await revoke(grantOf('a'));
    expect((await listed())?.items).toEqual([]);
    expect(await act('complete', { grant: 'entg_a', note: 'x' })).toMatchObject({ code: 'grant_ended' });
    await expect(fulfill(grantOf('a'))).rejects.toMatchObject({ code: 'grant_ended', name: 'PermanentError' });
  });

  it('is not begun when it was refunded before', async () => {
    await revoke(grantOf('a'));
    await expect(fulfill(grantOf('a'))).rejects.toMatchObject({ code: 'grant_ended' });
    expect((await listed())?.items).toEqual([]);
  });

  it('that nobody bought, or somebody of another shop, is unknown', async () => {
    await fulfill({ ...grantOf('b'), business: 'bus_2' });
    expect(await act('complete', { grant: 'entg_a', note: 'x' })).toMatchObject({ code: 'unknown_grant' });
    expect(await act('complete', { grant: 'entg_b', note: 'x' })).toMatchObject({ code: 'unknown_grant' });
  });
});

it('drops places of the list that a crash left behind', async () => {
  const store = host.store({ business: 'bus_1', mode: 'test' });
  await fulfill(grantOf('a'));
  const place = (await store.list({ prefix: 'open/' }))[0];
  await act('complete', { grant: 'entg_a', note: 'x' });
  await store.insert(place?.key ?? '', { grant: 'entg_a' });
  expect((await listed())?.items).toEqual([]);
  expect(await store.list({ prefix: 'open/' })).toEqual([]);
});

it.each([
  { grant: 'entg_ä', note: 'x' },
  { grant: 'entg_a', items: Array.from({ length: 49 }, () => ({ label: 'x', value: 'ä'.repeat(2_500) })) },
  {},
  { grant: 'entg_a' },
  { grant: 'entg_a', items: [] },
  { grant: 'entg_a', note: '' },
])('refuses to complete with %j', async (input) => {
  expect((await service.actions?.['complete']?.input['~standard'].validate(input))?.issues).toBeDefined();
});
