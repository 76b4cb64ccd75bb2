import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.js';
import { LIFELINE } from './child.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-child-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isAlive = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

it('ends with the process that started it, even when that one is killed without warning', async () => {
  const pidFile = join(folder, 'pid');
  const parent = join(folder, 'parent.mjs');
  writeFileSync(
    parent,
    `import { spawn } from 'node:child_process';
     import { writeFileSync } from 'node:fs';
     const child = spawn('sh', ['-c', ${JSON.stringify(LIFELINE)}, 'payonce', 'sleep', '600'], {
       detached: true, env: { ...process.env, GRACE: '1' }, stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
     });
     writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));`,
  );
  const started = spawn(process.execPath, [parent], { stdio: 'ignore' });
  const pid = await until({
    what: 'the child',
    forMs: 10_000,
    look: async () => Number(readFileSync(pidFile, { encoding: 'utf8', flag: 'a+' })) || undefined,
  });
  expect(isAlive(pid)).toBe(true);
  started.kill('SIGKILL');
  const isGone = async (): Promise<true | undefined> => !isAlive(pid) || undefined;
  expect(await until({ what: 'its end', forMs: 10_000, look: isGone })).toBe(true);
});
