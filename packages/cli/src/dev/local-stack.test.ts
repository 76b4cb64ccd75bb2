import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOrLocal, rememberEnvironment } from './local-stack.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-local-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reaches the stack of npm start when nothing else is named', async () => {
  const given = { PAYONCE_DATA: folder, PATH: '/bin' };
  expect(environmentOrLocal(given)).toBe(given);
  await rememberEnvironment(folder, { MONGODB_URI: 'mongodb://local', TEMPORAL_ADDRESS: 'local:1' });
  expect(environmentOrLocal(given)).toEqual({ ...given, MONGODB_URI: 'mongodb://local', TEMPORAL_ADDRESS: 'local:1' });
  expect(statSync(join(folder, 'environment.json')).mode & 0o777).toBe(0o600);
});

it('never mixes it with servers that somebody named', async () => {
  await rememberEnvironment(folder, { MONGODB_URI: 'mongodb://local', TEMPORAL_ADDRESS: 'local:1' });
  const named = { PAYONCE_DATA: folder, MONGODB_URI: 'mongodb://production' };
  expect(environmentOrLocal(named)).toBe(named);
});
