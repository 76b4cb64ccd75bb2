import { expect, it } from '@jest/globals';
import { MAX_DELIVERY_ATTEMPTS, nextDelayMs } from './delivery-schedule.js';

it('posts at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and then no more', () => {
  const delays = Array.from({ length: 10 }, (_none, attempts) => nextDelayMs(attempts));
  const [second, minute, hour] = [1_000, 60_000, 3_600_000];
  expect(delays).toEqual([
    0,
    5 * second,
    5 * minute,
    30 * minute,
    2 * hour,
    5 * hour,
    10 * hour,
    10 * hour,
    null,
    null,
  ]);
  expect(MAX_DELIVERY_ATTEMPTS).toBe(8);
});

it('gives an event a little over a day and three hours to arrive', () => {
  const total = Array.from({ length: MAX_DELIVERY_ATTEMPTS }, (_none, attempts) => nextDelayMs(attempts) ?? 0).reduce(
    (a, b) => a + b,
  );
  expect(total / 3_600_000).toBeCloseTo(27.58, 2);
});
