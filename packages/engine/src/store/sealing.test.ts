import { expect, it } from '@jest/globals';
import { createEncryption } from '../adapters/encryption.js';
import { text } from './codec/scalars.js';
import { sealedField } from './sealing.js';

const encryption = createEncryption({ key: 'ab'.repeat(32) });
const field = { collection: 'things', field: 'secret', codec: text, encryption };
const sealed = sealedField(field).seal('a', 'hidden');

it('opens in its own place', () => {
  expect(sealedField(field).open('a', sealed)).toBe('hidden');
});

it.each([
  ['row', 'b', {}],
  ['field', 'a', { field: 'other' }],
  ['collection', 'a', { collection: 'others' }],
])('does not open in another %s', (_, id, other) => {
  expect(() => sealedField({ ...field, ...other }).open(id, sealed)).toThrow('does not open');
});

it('does not seal what is not such a value', () => {
  expect(() => sealedField(field).seal('a', 5 as unknown as string)).toThrow('secret is not a text');
});
