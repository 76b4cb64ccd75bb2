import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after } from './duration.js';

const at = (text: string) => new Date(text);

it.each([
  ['2026-11-23T10:20:30.400Z', 1, 'Day', '2026-11-24T10:20:30.400Z'],
  ['2026-12-28T00:00:00.000Z', 2, 'Week', '2027-01-11T00:00:00.000Z'],
  ['2026-01-31T23:59:59.999Z', 1, 'Month', '2026-02-28T23:59:59.999Z'],
  ['2028-01-31T12:00:00.000Z', 1, 'Month', '2028-02-29T12:00:00.000Z'],
  ['2026-12-31T12:00:00.000Z', 2, 'Month', '2027-02-28T12:00:00.000Z'],
  ['2026-10-31T12:00:00.000Z', 13, 'Month', '2027-11-30T12:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', 1, 'Year', '2029-02-28T12:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', 4, 'Year', '2032-02-29T12:00:00.000Z'],
  ['2026-03-29T00:30:00.000Z', 1, 'Day', '2026-03-30T00:30:00.000Z'],
  ['2037-12-31T00:00:00.000Z', 1, 'Year', '2038-12-31T00:00:00.000Z'],
] as const)('ends %s and %i %s at %s', (start, count, interval, end) => {
  expect(after(at(start), { count, interval }).toISOString()).toBe(end);
});

it('lands in the month that was asked for, on the same day or its last, at the same time of day', () => {
  const start = fc.date({ min: at('2000-01-01'), max: at('2100-01-01'), noInvalidDate: true });
  const count = fc.integer({ min: 1, max: 1_200 });
  fc.assert(
    fc.property(start, count, (from, months) => {
      const end = after(from, { count: months, interval: 'Month' });
      const passed = (end.getUTCFullYear() - from.getUTCFullYear()) * 12 + end.getUTCMonth() - from.getUTCMonth();
      const isLastDay = new Date(end.getTime() + 24 * 60 * 60 * 1000).getUTCDate() === 1;
      expect(passed).toBe(months);
      expect(end.getUTCDate() === from.getUTCDate() || (isLastDay && end.getUTCDate() < from.getUTCDate())).toBe(true);
      expect(end.getTime() % 86_400_000).toBe(from.getTime() % 86_400_000);
    }),
  );
});
