import { expect, it } from '@jest/globals';
import { createLanes } from './lanes.js';

it('runs at most so many at once per lane, and never makes one lane wait for another', async () => {
  const lanes = createLanes({ width: 2 });
  const releases: (() => void)[] = [];
  const started: string[] = [];
  const work = (name: string) => () => {
    started.push(name);
    return new Promise<void>((resolve) => releases.push(resolve));
  };
  const slow = ['slow-1', 'slow-2', 'slow-3'].map((name) => lanes.run('slow', work(name)));
  const other = lanes.run('other', work('other'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(started).toEqual(['slow-1', 'slow-2', 'other']);
  releases[0]?.();
  await slow[0];
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(started).toEqual(['slow-1', 'slow-2', 'other', 'slow-3']);
  for (const release of releases) release();
  await Promise.all([...slow, other]);
});

it('goes on after work that failed', async () => {
  const lanes = createLanes({ width: 1 });
  await expect(lanes.run('one', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  let ran = false;
  await lanes.run('one', async () => void (ran = true));
  expect(ran).toBe(true);
});
