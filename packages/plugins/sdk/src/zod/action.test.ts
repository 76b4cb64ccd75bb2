import { expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ActionRequest } from '../action.js';
import { done, refused, zodAction } from './action.js';

const request = (input: ActionRequest['input']): ActionRequest => ({
  business: 'bus_1',
  mode: 'test',
  idempotencyKey: 'k',
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  input,
});

const book = zodAction({
  description: 'Books.',
  input: z.strictObject({
    at: z.iso
      .datetime()
      .transform((text) => new Date(text))
      .describe('When.'),
    seats: z.int().default(1).describe('How many.'),
    note: z.string().optional().describe('What for.'),
  }),
  run: async ({ input: { at, seats, note }, business }) =>
    seats > 9
      ? refused('too_many', 'ask for nine at most')
      : done({ year: at.getFullYear(), seats, note: note ?? null, business }),
});

const at = '2027-05-01T10:00:00Z';
const verdict = async (value: unknown) => book.input['~standard'].validate(value);

it('parses once, also what parses to something else than JSON', async () => {
  const parsed = await verdict({ at });
  expect(parsed).toEqual({ value: { at } });
  if (parsed.issues !== undefined) throw new TypeError('it parses');
  const answer = { year: 2027, seats: 1, note: null, business: 'bus_1' };
  expect(await book.run(request(parsed.value))).toEqual({ outcome: 'done', answer });
  expect(await book.run(request({ at, seats: 10 }))).toEqual({
    outcome: 'refused',
    code: 'too_many',
    message: 'ask for nine at most',
  });
});

it('says where an input does not fit', async () => {
  const issues = async (value: unknown) => ((await verdict(value)).issues ?? []).map(({ path }) => path);
  expect(await issues({ at, seats: 'two' })).toEqual([['seats']]);
  expect(await issues({ seats: 1 })).toEqual([['at']]);
  expect(await issues({ at, more: 1 })).toEqual([[]]);
  expect(await issues(undefined)).toHaveLength(1);
});

it('does nothing for an input that does not parse', async () => {
  await expect(book.run(request({ at: 'noon' }))).rejects.toMatchObject({
    name: 'PermanentError',
    code: 'input_invalid',
  });
});

it('shows what callers write: what has a default may be left out', () => {
  expect(book.inputSchema).toMatchObject({
    type: 'object',
    required: ['at'],
    additionalProperties: false,
    properties: { seats: { type: 'integer', default: 1, description: 'How many.' } },
  });
});
