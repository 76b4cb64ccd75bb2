import { expect, it } from '@jest/globals';
import type { ActionRequest, Json } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { poolActions } from './actions.js';

const actions = poolActions(memoryHost());
const ask = (name: string, input: Json, own: Partial<ActionRequest> = {}) =>
  actions[name]?.run({
    business: 'bus_1',
    mode: 'test',
    input,
    idempotencyKey: 'key',
    signal: new AbortController().signal,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    ...own,
  });

it('imports keys, says how many were new, and counts them', async () => {
  expect(await ask('import_keys', { pool: 'p', keys: ['A', 'B', 'B', 'C'] })).toEqual({
    outcome: 'done',
    answer: { pool: 'p', added: 3, known: 1 },
  });
  expect(await ask('import_keys', { pool: 'p', keys: ['C', 'D'] })).toMatchObject({ answer: { added: 1, known: 1 } });
  expect(await ask('count_keys', { pool: 'p' })).toMatchObject({ answer: { free: 4, held: 0, sold: 0, spent: 0 } });
});

it('takes a key for the same with the spaces and line ends of a spreadsheet around it', async () => {
  const import_keys = actions['import_keys'];
  const parsed = await import_keys?.input['~standard'].validate({ pool: 'r', keys: ['E', ' E', 'E\r\n'] });
  const input = parsed?.issues === undefined ? (parsed?.value ?? null) : null;
  expect(await ask('import_keys', input)).toMatchObject({ answer: { added: 1, known: 2 } });
});

it('shows a pool to its own business and mode alone', async () => {
  for (const own of [{ business: 'bus_2' }, { mode: 'live' as const }])
    expect(await ask('count_keys', { pool: 'p' }, own)).toMatchObject({ answer: { free: 0 } });
});

it('stops importing when its time is over, and goes on where it was told to when called again', async () => {
  const gone = AbortSignal.abort(new Error('too late'));
  await expect(ask('import_keys', { pool: 'q', keys: ['A'] }, { signal: gone })).rejects.toThrow('too late');
  expect(await ask('import_keys', { pool: 'q', keys: ['A'] })).toMatchObject({ answer: { added: 1 } });
});

it.each([
  ['no keys', { pool: 'p', keys: [] }],
  ['an empty key', { pool: 'p', keys: [''] }],
  ['a key of spaces', { pool: 'p', keys: [' \n'] }],
  ['a pool with a path in its name', { pool: 'p/../q', keys: ['A'] }],
])('refuses %s before it runs', async (_, input) => {
  expect((await actions['import_keys']?.input['~standard'].validate(input))?.issues).toBeDefined();
});
