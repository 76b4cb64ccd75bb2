import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.js';
import { freePort } from './ports.js';
import { createSupervisor } from './supervisor.js';
import type { Service, Supervisor } from './supervisor.js';

/** Serves /ready on PORT, and writes down its process id. */
const SERVER = `
import { createServer } from 'node:http';
import { appendFileSync } from 'node:fs';
appendFileSync(process.env.PIDS, process.pid + '\\n');
createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');
console.log(JSON.stringify({ level: 30, msg: 'serving' }));
`;

let folder: string;
let supervisor: Supervisor;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-supervisor-'));
  said = [];
});

afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = ({ restarts }: { readonly restarts: boolean }): Supervisor =>
  (supervisor = createSupervisor({ restarts, say: (line) => said.push(line), pauseMs: 50 }));

async function service(name: string, text: string = SERVER): Promise<Service> {
  const [script, port] = [join(folder, `${name}.mjs`), await freePort()];
  writeFileSync(script, text);
  return {
    name,
    script,
    env: { PATH: process.env['PATH'], PORT: String(port), PIDS: join(folder, `${name}.pids`) },
    log: join(folder, 'logs', `${name}.log`),
    graceMs: 500,
    readyUrl: `http://127.0.0.1:${port}/ready`,
  };
}

const pids = (name: string): number[] =>
  readFileSync(join(folder, `${name}.pids`), 'utf8')
    .trim()
    .split('\n')
    .map(Number);

/** A zombie that nobody collected yet has ended as well. */
function isAlive(pid: number | undefined): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

it('is started when all are ready, and leaves nothing running when it is stopped', async () => {
  await open({ restarts: false }).start([await service('one'), await service('two')]);
  const all = [...pids('one'), ...pids('two')];
  expect(all.map(isAlive)).toEqual([true, true]);
  await supervisor.stop();
  expect(all.map(isAlive)).toEqual([false, false]);
});

it('tells which one died before it was ready, with the end of what it said', async () => {
  const dying = await service('dying', `console.log('about to fail'); throw new Error('no database');`);
  const failure = open({ restarts: true }).start([await service('one'), dying]);
  await expect(failure).rejects.toThrow(
    /dying ended unexpectedly \(exit code 1\)[\s\S]*about to fail[\s\S]*no database/,
  );
  await supervisor.stop();
  expect(isAlive(pids('one')[0])).toBe(false);
});

it('fails when one dies later, and shows the words of this run only', async () => {
  const one = await service('one');
  await open({ restarts: false }).start([one]);
  await supervisor.stop();
  await open({ restarts: false }).start([one]);
  process.kill(pids('one').at(-1) ?? 0, 'SIGKILL');
  await expect(supervisor.failure).rejects.toThrow(/one ended unexpectedly \(SIGKILL\).*:\n\n {4}info {2}serving\n$/);
});

it('starts a crashed one again where that is wanted', async () => {
  await open({ restarts: true }).start([await service('one')]);
  const [first] = pids('one');
  process.kill(first ?? 0, 'SIGKILL');
  const look = async (): Promise<true | undefined> => said.includes('one is ready again.') || undefined;
  await until({ what: 'a restart', forMs: 20_000, look });
  expect(said[0]).toContain('Starting it again');
  expect(pids('one')).toHaveLength(2);
});

it('kills what does not end when asked to', async () => {
  await open({ restarts: false }).start([await service('deaf', `${SERVER}\nprocess.on('SIGTERM', () => {});`)]);
  await supervisor.stop();
  expect(isAlive(pids('deaf')[0])).toBe(false);
});
