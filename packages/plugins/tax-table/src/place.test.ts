import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CA_PROVINCES, US_STATES } from './data/regions.js';
import { placeOf } from './place.js';

const at = (country: string, address: { state?: string; postcode?: string } = {}) =>
  placeOf({ country, kind: 'consumer', ...address });

it.each([
  ['TX', undefined],
  ['tx', undefined],
  ['Texas', undefined],
  ['US-TX', undefined],
  [' texas ', undefined],
  [undefined, '78701'],
  [undefined, '78701-1234'],
  ['somewhere', '78701'],
  ['TX', '10001'],
])('finds Texas by the state %j and the postcode %j', (state, postcode) => {
  const address = { ...(state !== undefined && { state }), ...(postcode !== undefined && { postcode }) };
  expect(at('US', address)).toEqual({ country: 'US', region: 'TX' });
});

it.each([
  ['QC', undefined],
  ['Québec', undefined],
  ['ca-qc', undefined],
  [undefined, 'h2x 1y4'],
])('finds Quebec by the province %j and the postcode %j', (state, postcode) => {
  const address = { ...(state !== undefined && { state }), ...(postcode !== undefined && { postcode }) };
  expect(at('CA', address)).toEqual({ country: 'CA', region: 'QC' });
});

it.each([
  ['US', '99999'],
  ['US', '1234'],
  ['US', '00000'],
  ['CA', 'D1A 1A1'],
  ['CA', '12345'],
])('finds no region of %s by %j where there is none', (country, postcode) => {
  const { region } = at(country, { postcode });
  expect(region === undefined || region === 'AK').toBe(true);
});

it('knows every state and province by its code and by its name', () => {
  for (const [code, { name }] of Object.entries(US_STATES)) {
    expect(at('US', { state: code }).region).toBe(code);
    expect(at('US', { state: name }).region).toBe(code);
  }
  for (const [code, name] of Object.entries(CA_PROVINCES)) {
    expect(at('CA', { state: code }).region).toBe(code);
    expect(at('CA', { state: name }).region).toBe(code);
  }
});

it.each([
  ['ES', '35001', 'the Canary Islands'],
  ['ES', '38670', 'the Canary Islands'],
  ['ES', '51001', 'Ceuta'],
  ['DE', '78266', 'Büsingen'],
  ['FR', '97400', 'the French overseas territories'],
  ['FI', '22100', 'the Åland Islands'],
])('knows that %s %s is outside: %s', (country, postcode, outside) => {
  expect(at(country, { postcode })).toEqual({ country, outside });
});

it.each([
  ['ES', '28001'],
  ['FR', '98000'],
  ['DE', '10115'],
  ['IT', '23030'],
])('takes %s %s for a part of the country', (country, postcode) => {
  expect(at(country, { postcode })).toEqual({ country });
});

it('treats Monaco as France and the Isle of Man as the United Kingdom', () => {
  expect([at('MC').country, at('IM').country]).toEqual(['FR', 'GB']);
});

it('answers for any text', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('US', 'CA', 'ES', '__proto__'),
      fc.string(),
      fc.string(),
      (country, state, postcode) => {
        expect(typeof placeOf({ country, state, postcode, kind: 'consumer' })).toBe('object');
      },
    ),
    { numRuns: 3_000 },
  );
});
