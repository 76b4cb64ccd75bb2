import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { atEnd } from './lifetime.mjs';

/**
 * The child gets a group of its own and a lifeline (descriptor 3). When the lifeline breaks, because we closed it or
 * were killed without a chance to say goodbye, a watcher in the group ends the whole group.
 */
const LIFELINE = `(trap "" TERM INT HUP; cat <&3; kill -TERM -$$; sleep "$GRACE"; kill -KILL -$$) >/dev/null 2>&1 &
exec "$@" 3<&-`;

const TAIL = 4_000;

/** Whether a process with this id exists. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Signals a process group; a group that is gone already is fine. */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a process, and what it starts in turn, that does not outlive this one. `output` is a file descriptor, 'pipe'
 * or 'inherit'. Answers { child, pid, exited, ended(), signal(name), stop() }; `stop` sends `stopSignal`, and SIGKILL
 * after `graceSeconds`.
 */
export function spawnGuarded({ command, args, env, cwd, output, stopSignal = 'SIGTERM', graceSeconds = 10 }) {
  const child = spawn('sh', ['-c', LIFELINE, 'payonce', command, ...args], {
    cwd,
    detached: true,
    env: { ...env, GRACE: String(graceSeconds) },
    stdio: ['ignore', output, output, 'pipe'],
  });
  child.stdio[3].on('error', () => {});
  const state = { ended: undefined };
  const signal = (name) => {
    if (!state.ended && child.pid) signalGroup(child.pid, name);
  };
  const killNow = () => signal('SIGKILL');
  process.once('exit', killNow);

  const exited = new Promise((resolve) => {
    const finish = (result) => {
      killNow();
      state.ended ??= result;
      forget();
      process.removeListener('exit', killNow);
      child.stdio[3].destroy();
      resolve(state.ended);
    };
    child.on('error', (error) => finish({ code: 127, signal: null, error }));
    child.on('exit', (code, by) => finish({ code, signal: by }));
  });
  const stop = async () => {
    signal(stopSignal);
    const timer = setTimeout(killNow, graceSeconds * 1000);
    await exited;
    clearTimeout(timer);
  };
  const forget = atEnd(stop);
  return { child, pid: child.pid, exited, ended: () => state.ended, signal, stop };
}

/** Like `spawnGuarded`, for a server: its output goes to the file `log`, whose end `tail()` tells. */
export function startServer({ log, ...rest }) {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const server = spawnGuarded({ ...rest, output });
  closeSync(output);
  return { ...server, tail: () => readFileSync(log, 'utf8').slice(-TAIL).trim() };
}
