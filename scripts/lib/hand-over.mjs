import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Explained, say } from './say.mjs';
import { spawnGuarded } from './warden.mjs';

export const CLI = join(root, 'packages/cli/dist/main.js');

/** Resolves when a backend of ours ends although nobody stopped it. */
function anyDeath(backends) {
  const ours = backends.filter(({ exited }) => exited);
  return Promise.race(ours.map(async ({ name, exited, tail }) => ({ died: name, ...(await exited), words: tail() })));
}

/** Starts a program of ours with the addresses of the backends as options, in this terminal. */
export function startProgram({ program, words, temporal, mongodb, args, env = process.env }) {
  if (!existsSync(program)) throw new Explained(`${program} is missing.`);
  const ui = temporal.uiUrl ? ['--temporal-ui', temporal.uiUrl] : [];
  const options = ['--temporal', temporal.address, ...ui, '--mongodb', mongodb.uri];
  return spawnGuarded({
    command: process.execPath,
    args: [program, ...words, ...options, ...args],
    cwd: root,
    env,
    output: 'inherit',
    graceSeconds: 20,
  });
}

/**
 * Waits for the program's end, or for the death of a backend under it, and stops the backends. Resolves to an exit
 * code.
 */
export async function untilDone({ program, backends }) {
  const first = await Promise.race([program.exited, anyDeath(backends)]);
  await program.stop();
  await Promise.all(backends.map(({ stop }) => stop?.()));
  if (!first.died) return first.code ?? 1;
  say(`${first.died} ended unexpectedly${first.words ? `:\n${first.words}` : ''}`);
  return 1;
}
