import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import type { Child } from './child.js';
import { runFixture } from './child.js';

const FIRST_PORT = 21_833;

let folder: string;
const children: Child[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-start-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGTERM');
    await child.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(): Child {
  const child = runFixture({ name: 'start.mjs', args: [folder, String(FIRST_PORT)] });
  children.push(child);
  return child;
}

/** What the program was given: --temporal <address> --temporal-ui <url> --mongodb <uri>. */
async function options(child: Child): Promise<Readonly<Record<string, string>>> {
  const words = JSON.parse(await child.line(/^\[/)) as string[];
  expect(words.slice(0, 2)).toEqual(['dev', 'start']);
  const pairs = words.slice(2);
  return Object.fromEntries(pairs.flatMap((word, at) => (at % 2 === 0 ? [[word, pairs[at + 1] ?? '']] : [])));
}

async function withThings<T>(uri: string, work: (things: ReturnType<typeof collectionOf>) => Promise<T>): Promise<T> {
  const client = await new MongoClient(uri).connect();
  try {
    return await work(collectionOf(client));
  } finally {
    await client.close();
  }
}

const collectionOf = (client: MongoClient) => client.db('start').collection<{ name: string }>('things');

const processIds = (): number[] => {
  const { processes } = JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')) as {
    processes: { pid: number }[];
  };
  return processes.map(({ pid }) => pid);
};

/** A zombie that nobody collected yet has ended as well. */
const isAlive = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

it('keeps its data when the process that started everything is killed without warning', async () => {
  const first = start();
  const { '--mongodb': before = '' } = await options(first);
  await withThings(before, (things) => things.insertOne({ name: 'kept' }));
  first.process.kill('SIGKILL');

  const second = start();
  const { '--mongodb': after = '' } = await options(second);
  expect(await withThings(after, (things) => things.countDocuments({ name: 'kept' }))).toBe(1);
});

it('leaves no process behind even when it is killed without warning', async () => {
  const child = start();
  await options(child);
  const orphans = processIds();
  expect(orphans).toHaveLength(3);
  child.process.kill('SIGKILL');
  const end = Date.now() + 15_000;
  while (orphans.some(isAlive) && Date.now() < end) await setTimeout(100);
  expect(orphans.filter(isAlive)).toEqual([]);
});

it('ends what an earlier start wrote down and left behind, and nothing that only has the same id', async () => {
  const [leftover, stranger] = [[folder], []].map((args) => {
    const path = fileURLToPath(new URL('fixtures/program.mjs', import.meta.url));
    return spawn(process.execPath, [path, ...args], { detached: true, stdio: 'ignore' });
  });
  const processes = [leftover, stranger].map((process) => ({ name: 'it', pid: process?.pid, mark: folder }));
  writeFileSync(join(folder, 'processes.json'), JSON.stringify({ starter: { pid: 0, mark: '' }, processes }));

  const child = start();
  await options(child);
  child.process.kill('SIGTERM');
  const { stderr } = await child.ended;
  expect(stderr).toContain(`Stopping it, left behind by an earlier start (process ${leftover?.pid})`);
  expect([leftover, stranger].map((process) => isAlive(process?.pid ?? 0))).toEqual([false, true]);
  stranger?.kill();
});

it('refuses a second start on the same data', async () => {
  const first = start();
  await options(first);
  const { code, stderr } = await start().ended;
  expect(code).toBe(1);
  expect(stderr).toContain('payonce is running already');
});

it('steps to the next port when its own is taken, and says so', async () => {
  const stranger = createServer().listen(FIRST_PORT, '127.0.0.1');
  const child = start();
  const given = await options(child);
  expect(given).toMatchObject({
    '--temporal': `127.0.0.1:${FIRST_PORT + 1}`,
    '--temporal-ui': `http://127.0.0.1:${FIRST_PORT + 100}`,
  });
  child.process.kill('SIGINT');
  const { code, stderr } = await child.ended;
  expect(stderr).toContain(`Temporal: port ${FIRST_PORT} is taken, using ${FIRST_PORT + 1}`);
  expect(code).toBe(130);
  stranger.close();
});

it('stops everything and says why when a backend dies', async () => {
  const child = start();
  await options(child);
  const [temporal = 0, mongodb = 0, program = 0] = processIds();
  process.kill(mongodb, 'SIGKILL');
  const { code, stderr } = await child.ended;
  expect(stderr).toContain('MongoDB ended unexpectedly');
  expect(code).toBe(1);
  expect([temporal, program].filter(isAlive)).toEqual([]);
});
