import { afterEach, expect, it } from '@jest/globals';
import { eventually } from './testing/merchant.js';
import { createTimers } from './timers.js';
import type { Timers } from './timers.js';

let timers: Timers;

afterEach(() => timers.close());

const make = (ring: (key: string) => Promise<void>, errors: unknown[] = []): Timers =>
  createTimers({ clock: () => new Date(), ring, onError: (error) => errors.push(error) });

it('rings each key at its time, and what is overdue at once', async () => {
  const rung: string[] = [];
  timers = make(async (key) => void rung.push(key));
  timers.set({ key: 'later', at: new Date(Date.now() + 60) });
  timers.set({ key: 'overdue', at: new Date(0) });
  await eventually(
    () => rung.length,
    (count) => count === 2,
  );
  expect(rung).toEqual(['overdue', 'later']);
});

it('keeps one alarm per key', async () => {
  const rung: string[] = [];
  timers = make(async (key) => void rung.push(key));
  timers.set({ key: 'one', at: new Date(Date.now() + 10) });
  timers.set({ key: 'one', at: new Date(Date.now() + 30) });
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(rung).toEqual(['one']);
});

it('does not ring at once when the time is more than 24 days away', async () => {
  const rung: string[] = [];
  timers = make(async (key) => void rung.push(key));
  timers.set({ key: 'far', at: new Date(Date.now() + 40 * 86_400_000) });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(rung).toEqual([]);
});

it('rings again after a failure', async () => {
  let rings = 0;
  const errors: unknown[] = [];
  timers = make(async () => {
    rings += 1;
    if (rings === 1) throw new Error('the database is away');
  }, errors);
  timers.set({ key: 'one', at: new Date() });
  await eventually(
    () => rings,
    (count) => count === 2,
  );
  expect(errors).toHaveLength(1);
});
