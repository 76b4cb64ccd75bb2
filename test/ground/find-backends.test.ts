import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { runFixture } from './child.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-find-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program in a folder of its own, which says `words` whatever it is asked. */
function program({ path, words }: { readonly path: string; readonly words: string }): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, `#!/bin/sh\necho '${words}'\n`);
  chmodSync(full, 0o755);
  return full;
}

/** Looks in a machine that has nothing but `folder`/bin and a cache in `folder`/cache, and no way out. */
async function find(name: 'temporal' | 'timeSkipping' | 'mongodb', more: NodeJS.ProcessEnv = {}) {
  const env = {
    PATH: join(folder, 'bin'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    PAYONCE_SKIP_DOWNLOADS: '1',
    ...more,
  };
  const { code, stdout, stderr } = await runFixture({ name: 'find.mjs', args: [name], env }).ended;
  return { code, found: code === 0 ? (JSON.parse(stdout) as unknown) : undefined, said: stderr.trim() };
}

it('takes the server that the environment names before any other', async () => {
  program({ path: 'bin/temporal', words: 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)' });
  const { found, said } = await find('temporal', { TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect(found).toEqual({ running: '127.0.0.1:1' });
  expect(said).toBe('Temporal: 127.0.0.1:1 from TEMPORAL_ADDRESS');
});

it('takes a temporal on the PATH before a cached one', async () => {
  const executable = program({ path: 'bin/temporal', words: 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)' });
  program({ path: 'cache/payonce/temporal-1.9.1/bin/temporal', words: 'cached' });
  const { found, said } = await find('temporal');
  expect(found).toEqual({ executable });
  expect(said).toBe(`Temporal: ${executable}, server 1.32.0 (TEMPORAL_ADDRESS is not set)`);
});

it('passes over a temporal whose server is too old, and says so', async () => {
  program({ path: 'bin/temporal', words: 'temporal version 1.1.0 (Server 1.25.0, UI 2.30.0)' });
  const executable = program({ path: 'cache/payonce/temporal-1.9.1/bin/temporal', words: 'cached' });
  const { found, said } = await find('temporal');
  expect(found).toEqual({ executable });
  expect(said).toContain('has server 1.25.0, too old');
});

it('takes what the SDK downloaded earlier before the wheel', async () => {
  const executable = program({ path: 'cache/payonce/temporal-1.9.1-download/temporal-v1.9.1', words: 'downloaded' });
  program({ path: 'cache/payonce/temporal-1.9.1/bin/temporal', words: 'wheel' });
  expect((await find('temporal')).found).toEqual({ executable });
});

it('takes a cached time-skipping server without asking for a Python', async () => {
  const path = 'cache/payonce/temporal-test-server-1.40.0/bin/temporal-test-server';
  const executable = program({ path, words: 'cached' });
  expect((await find('timeSkipping')).found).toEqual({ executable });
});

it('takes a mongod on the PATH', async () => {
  const executable = program({ path: 'bin/mongod', words: 'db version v8.0.4' });
  expect((await find('mongodb')).found).toEqual({ executable });
});

it('lists every reason and what to install when there is nothing at all', async () => {
  const { code, said } = await find('mongodb');
  expect(code).toBe(1);
  expect(said.split('\n').slice(0, 5)).toEqual([
    'MongoDB is missing:',
    '  - MONGODB_URI is not set',
    '  - no mongod on the PATH',
    '  - PAYONCE_SKIP_DOWNLOADS is set',
    '  - SecantusDB 0.7.0b3 from PyPI: no python3 on the PATH',
  ]);
  expect(said).toContain('Install MongoDB');
});

it('says which Python versions would do when the only one is too new', async () => {
  program({ path: 'bin/python3', words: '["/usr/bin/python3", "cpython", [3, 15], true]' });
  const { code, said } = await find('mongodb');
  expect(code).toBe(1);
  expect(said).toContain('Python 3.15 has no wheel of it (CPython 3.11, 3.12, 3.13 have)');
});

it('says when the Python has no pip', async () => {
  program({ path: 'bin/python3', words: '["/usr/bin/python3", "cpython", [3, 12], false]' });
  const { said } = await find('mongodb');
  expect(said).toContain('Python 3.12 has no pip');
});
