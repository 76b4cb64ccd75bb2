import { spawn } from 'node:child_process';
import { say } from './say.mjs';
import { spawnGuarded } from './warden.mjs';

const TICK = 5_000;

/**
 * Runs a command without a word of its own, with a line every five seconds so that nobody takes it for hung.
 * Resolves to { code, output, milliseconds }; never rejects for a failing command. `giveUp({ elapsed })` is asked
 * at every tick and may answer a reason, which ends the command.
 */
export async function runQuietly({ title, command, args, cwd, env = process.env, giveUp = () => undefined }) {
  const started = Date.now();
  const { child, exited, signal } = spawnGuarded({ command, args, cwd, env, output: 'pipe' });
  const chunks = [];
  let reason;
  const timer = setInterval(() => {
    const elapsed = Date.now() - started;
    reason ??= giveUp({ elapsed });
    if (reason) signal('SIGKILL');
    else say(`  … ${title} (${Math.round(elapsed / 1000)} s)`);
  }, TICK);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const closed = new Promise((resolve) => child.once('close', resolve));
  const { code, error } = await exited;
  await closed;
  clearInterval(timer);
  const output = Buffer.concat(chunks).toString() + (reason ?? error?.message ?? '');
  return { code: reason ? 1 : (code ?? 1), output, milliseconds: Date.now() - started };
}

/** Runs a command in the caller's terminal. Resolves to its exit code. */
export function runInTerminal({ command, args }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('error', (error) => {
      say(error.message);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
