import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PluginStore } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { openPool } from './pool.js';
import type { Pool } from './pool.js';

let store: PluginStore;
let pool: Pool;

beforeEach(() => {
  store = memoryHost().store({ business: 'bus_1', mode: 'test' });
  pool = openPool(store);
});

async function filled(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await pool.add('p', `KEY-${number}`);
}

describe('a pool of keys', () => {
  it('gives a grant the same key every time, and no key to two grants', async () => {
    await filled(30);
    const grants = Array.from({ length: 30 }, (_, at) => `entg_${at}`);
    const keys = await Promise.all(grants.flatMap((grant) => [pool.take('p', grant), pool.take('p', grant)]));
    expect(new Set(keys).size).toBe(30);
    expect(keys.every((key, at) => key === keys[at - (at % 2)])).toBe(true);
    expect(await pool.count('p')).toEqual({ free: 0, held: 30, sold: 0, spent: 0 });
  });

  it('is sold out for whoever comes after its last key, until one is given back', async () => {
    await filled(2);
    const takes = await Promise.all(['a', 'b', 'c', 'd'].map((grant) => pool.take('p', grant)));
    expect(takes.filter((key) => key !== undefined)).toHaveLength(2);
    const lucky = ['a', 'b', 'c', 'd'].find((_, at) => takes[at] !== undefined) ?? '';
    await pool.giveBack(lucky);
    await pool.giveBack(lucky);
    expect(await pool.count('p')).toMatchObject({ free: 1, held: 1 });
    expect(await pool.take('p', 'e')).toBeDefined();
  });

  it('never sells a key again that was sold and taken back, also when it is imported again', async () => {
    await filled(1);
    await pool.take('p', 'a');
    await pool.sell('a');
    await pool.giveBack('a');
    expect(await pool.count('p')).toMatchObject({ sold: 1 });
    await pool.end('a');
    await pool.end('a');
    expect(await pool.add('p', 'KEY-1')).toBe(false);
    expect(await pool.take('p', 'b')).toBeUndefined();
    expect(await pool.count('p')).toEqual({ free: 0, held: 0, sold: 0, spent: 1 });
  });

  it('frees the key of a grant that ends before it was sold', async () => {
    await filled(1);
    await pool.take('p', 'a');
    await pool.end('a');
    expect(await pool.take('p', 'b')).toBe('KEY-1');
  });

  it('keeps pools apart', async () => {
    await filled(1);
    expect(await pool.take('q', 'a')).toBeUndefined();
  });
});

/** A store that dies at its n-th change, as a process would. */
function mortal(alive: PluginStore, changes: number): PluginStore {
  let left = changes;
  const dying =
    <Input extends unknown[], Output>(work: (...input: Input) => Promise<Output>) =>
    async (...input: Input): Promise<Output> => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return work(...input);
    };
  return { ...alive, insert: dying(alive.insert), replace: dying(alive.replace), remove: dying(alive.remove) };
}

it('gives no key to a grant that has ended, whatever it had before', async () => {
  await filled(3);
  await pool.end('never_asked');
  await pool.take('p', 'held');
  await pool.end('held');
  await pool.take('p', 'sold');
  await pool.sell('sold');
  await pool.end('sold');
  for (const grant of ['never_asked', 'held', 'sold']) {
    await expect(pool.take('p', grant)).rejects.toMatchObject({ code: 'grant_ended' });
    await pool.giveBack(grant);
    await expect(pool.take('p', grant)).rejects.toMatchObject({ code: 'grant_ended' });
  }
  expect(await pool.count('p')).toEqual({ free: 2, held: 0, sold: 0, spent: 1 });
});

it('says when a key was given back before it could be sold', async () => {
  await filled(1);
  await pool.take('p', 'a');
  await pool.giveBack('a');
  await pool.take('p', 'b');
  expect([await pool.sell('a'), await pool.sell('b'), await pool.sell('b')]).toEqual([false, true, true]);
});

it('loses no key and sells none twice, wherever a process dies', async () => {
  const step = fc.record({
    verb: fc.constantFrom('take', 'sell', 'giveBack', 'end'),
    grant: fc.constantFrom('a', 'b', 'c'),
    dies: fc.option(fc.nat(4), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const host = memoryHost().store({ business: 'bus_1', mode: 'test' });
      const whole = openPool(host);
      for (const key of ['1', '2']) await whole.add('p', key);
      const over = { code: 'grant_ended' };
      const take = (on: Pool, grant: string) =>
        on.take('p', grant).catch((thrown: typeof over) => {
          if (thrown.code === over.code) return over;
          throw thrown;
        });
      const run = (on: Pool, { verb, grant }: (typeof steps)[number]): Promise<unknown> =>
        verb === 'take' ? take(on, grant) : on[verb as 'sell' | 'giveBack' | 'end'](grant);
      for (const one of steps) {
        if (one.dies !== undefined) await run(openPool(mortal(host, one.dies)), one).catch(() => undefined);
        await run(whole, one);
      }
      const had = await Promise.all(['a', 'b', 'c'].map((grant) => take(whole, grant)));
      const counts = await whole.count('p');
      const keys = had.filter((key) => typeof key === 'string');
      expect(new Set(keys).size).toBe(keys.length);
      expect(counts.free + counts.held + counts.sold + counts.spent).toBe(2);
      expect(counts.held + counts.sold).toBe(keys.length);
      expect(counts.free === 0 || !had.includes(undefined)).toBe(true);
    }),
    { numRuns: 400 },
  );
});
