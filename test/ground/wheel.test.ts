import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { runFixture } from './child.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-wheel-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Installed {
  readonly problem?: string;
  readonly files: readonly string[];
  readonly leftovers: readonly string[];
}

async function install(hash: readonly string[]): Promise<Installed> {
  const { stdout, stderr } = await runFixture({ name: 'wheel.mjs', args: [folder, ...hash] }).ended;
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Installed;
}

it('installs a wheel whose hash is the pinned one', async () => {
  const { problem, files } = await install([]);
  expect(problem).toBeUndefined();
  expect(files).toContain('tiny.py');
});

it('refuses a wheel with another hash and leaves nothing in the cache', async () => {
  const { problem, files, leftovers } = await install(['0'.repeat(64)]);
  expect(problem).toMatch(/DO NOT MATCH THE HASHES/);
  expect(files).toEqual([]);
  expect(leftovers).toEqual([]);
});
