import { spawn } from 'node:child_process';
import { say } from './say.mjs';

const TICK = 5_000;

/**
 * Runs a command without a word of its own, with a line every five seconds so that nobody takes it for hung.
 * Resolves to { code, output, milliseconds }; never rejects for a failing command. `giveUp({ elapsed })` is asked
 * at every tick and may answer a reason, which ends the command.
 */
export function runQuietly({ title, command, args, cwd, env = process.env, giveUp = () => undefined, tick = TICK }) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    let reason;
    const timer = setInterval(() => {
      const elapsed = Date.now() - started;
      reason ??= giveUp({ elapsed });
      if (reason) child.kill('SIGKILL');
      else if (title) say(`  … ${title} (${Math.round(elapsed / 1000)} s)`);
    }, tick);
    const finish = (code, extra = '') => {
      clearInterval(timer);
      const output = Buffer.concat(chunks).toString() + extra;
      resolve({
        code: reason ? 1 : code,
        output: reason ? `${output}${reason}` : output,
        milliseconds: Date.now() - started,
      });
    };
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => finish(127, error.message));
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** Runs a command in the caller's terminal. Resolves to its exit code. */
export function runInTerminal({ command, args, cwd, env = process.env, stdin = 'inherit' }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: [stdin, 'inherit', 'inherit'] });
    child.on('error', (error) => {
      say(error.message);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
