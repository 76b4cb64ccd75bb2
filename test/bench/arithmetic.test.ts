import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cpuMsOf, median, perOne, percentile, total, used } from '../../bench/arithmetic.mjs';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('percentiles', () => {
  it('are values that were measured, by the nearest rank, whatever the order', () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile(hundred, 0)).toBe(1);
    expect(percentile([10, 2], 0.99)).toBe(10);
    expect(median([9, 10, 1])).toBe(9);
  });

  it('compare numbers as numbers', () => {
    expect(percentile([2, 10, 9], 0.99)).toBe(10);
  });

  it('of nothing are refused', () => {
    expect(() => percentile([], 0.5)).toThrow('nothing');
  });
});

describe('CPU time', () => {
  it('is user and system time, also when the name of the process has brackets and spaces', () => {
    const stat = '4711 (node (a) b) S 1 4711 4711 0 -1 4194560 900 0 0 0 250 50 7 8 20 0 11 0 1 2 3';
    expect(cpuMsOf({ stat, ticksPerSecond: 100 })).toBe(3000);
  });

  it('agrees with what this process says of itself', () => {
    if (process.platform !== 'linux') return;
    const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
    const { user, system } = process.cpuUsage();
    const read = cpuMsOf({ stat: readFileSync(`/proc/${process.pid}/stat`, 'utf8'), ticksPerSecond });
    expect(Math.abs(read - (user + system) / 1000)).toBeLessThan(250);
  });

  it('of something else is refused', () => {
    expect(() => cpuMsOf({ stat: 'cpu  1 2 3', ticksPerSecond: 100 })).toThrow('not a /proc');
  });

  it('between two readings leaves out who was not there at both', () => {
    expect(used({ before: { api: 100, worker: 50 }, after: { api: 130, sandbox: 9 } })).toEqual({ api: 30 });
  });
});

describe('rounds', () => {
  it('add up, and are shared out over what was done in them', () => {
    const rounds = [
      { count: 10, ms: 1000, cpuMs: { api: 100, worker: 40 } },
      { count: 30, ms: 1000, cpuMs: { api: 300 } },
    ];
    expect(total(rounds)).toEqual({ count: 40, ms: 2000, cpuMs: { api: 400, worker: 40 } });
    expect(perOne(total(rounds))).toEqual({ perSecond: 20, cpuMs: { api: 10, worker: 1 } });
  });
});
