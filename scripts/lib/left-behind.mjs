import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Explained, say } from './say.mjs';
import { isAlive, signalGroup } from './warden.mjs';

const PATIENCE = 12_000;

/** Process ids are used again, so a process counts as ours only while its command line has the mark. */
function isOurs({ pid, mark }) {
  if (!isAlive(pid)) return false;
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').includes(mark);
}

async function untilGone(leftover) {
  for (const end = Date.now() + PATIENCE; Date.now() < end && isOurs(leftover);) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return !isOurs(leftover);
}

async function endLeftover(leftover) {
  if (!isOurs(leftover)) return;
  say(`Stopping ${leftover.name}, left behind by an earlier start (process ${leftover.pid})`);
  signalGroup(leftover.pid, 'SIGTERM');
  if (await untilGone(leftover)) return;
  signalGroup(leftover.pid, 'SIGKILL');
  await untilGone(leftover);
}

const fileIn = (folder) => join(folder, 'processes.json');

function readFrom(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { starter: { pid: 0, mark: '' }, processes: [] };
  }
}

/** Makes sure that nothing else works on the data in `folder`: refuses while a start runs, ends what a dead one left. */
export async function claim({ folder }) {
  const path = fileIn(folder);
  if (!existsSync(path)) return;
  const { starter, processes } = readFrom(path);
  if (starter.pid !== 0 && starter.pid !== process.pid && isOurs(starter)) {
    throw new Explained(`payonce is running already (process ${starter.pid}). Stop that one first.`);
  }
  await Promise.all(processes.map(endLeftover));
  rmSync(path);
}

/**
 * Writes down which processes work on the data in `folder`, for the next start to find if this one dies. Each is
 * { name, pid, mark }; the mark is a part of its command line.
 */
export function writeDown({ folder, processes }) {
  const starter = { pid: process.pid, mark: process.argv[1].split('/').at(-1) };
  writeFileSync(fileIn(folder), JSON.stringify({ starter, processes }));
}

/** Called when all of them were stopped in order. */
export function crossOut({ folder }) {
  rmSync(fileIn(folder), { force: true });
}
