import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { describedSettings, fromJsonSchema } from './index.js';

const schema = {
  type: 'object',
  properties: { course: { type: 'string' }, language: { type: 'string', default: 'en' } },
  required: ['course'],
  additionalProperties: false,
};

const verdict = async (value: unknown, described: object = schema) =>
  fromJsonSchema({ ...described })['~standard'].validate(value);

it('fills in defaults, and leaves what it was given as it was', async () => {
  const given = { course: 'c' };
  expect(await verdict(given)).toEqual({ value: { course: 'c', language: 'en' } });
  expect(given).toEqual({ course: 'c' });
});

it('says where a value does not fit', async () => {
  expect(await verdict({ course: 7 })).toEqual({ issues: [{ path: ['course'], message: 'must be string' }] });
  expect(await verdict({ course: 'c', x: 1 })).toMatchObject({ issues: [{ message: expect.stringContaining(': x') }] });
  expect(await verdict({ course: () => 1 })).toEqual({ issues: [{ message: 'is not JSON' }] });
});

it('checks everything that a schema asks for', async () => {
  const either = { type: 'object', properties: { a: {} }, anyOf: [{ required: ['a'] }, { required: ['b'] }] };
  expect((await verdict({}, either)).issues).toHaveLength(3);
  expect((await verdict({}, { type: 'object', required: ['a'] })).issues).toHaveLength(1);
  expect(
    (await verdict({ at: 'noon' }, { type: 'object', properties: { at: { type: 'string', format: 'date' } } })).issues,
  ).toHaveLength(1);
});

it.each([
  [{ type: 'string' }, "is not a JSON Schema of type 'object'"],
  [{ type: 'object', $async: true }, 'is asynchronous'],
  [{ type: 'object', properties: 7 }, 'is no JSON Schema: '],
  [{ type: 'object', properties: { hall: { type: 'text' } } }, 'is no JSON Schema: '],
  [{ type: 'object', propertis: {} }, 'is no JSON Schema: '],
])('refuses %j as a schema, also as an option', (wrong, message) => {
  expect(() => fromJsonSchema(wrong)).toThrow(message);
  const option = z.strictObject({ settings: describedSettings }).safeParse({ settings: wrong });
  expect(option.error?.issues).toMatchObject([{ path: ['settings'], message: expect.stringContaining(message) }]);
});

it('takes any object when an option describes nothing', async () => {
  const { settings } = z.strictObject({ settings: describedSettings }).parse({});
  expect(settings.schema).toEqual({ type: 'object' });
  expect(await settings.parser['~standard'].validate({ a: 1 })).toEqual({ value: { a: 1 } });
  expect((await settings.parser['~standard'].validate('a')).issues).toHaveLength(1);
});
