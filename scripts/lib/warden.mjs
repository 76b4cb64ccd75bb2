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
 * Starts a process that does not outlive this one. Its output goes to `log`, or to our own terminal without it.
 * Answers { pid, exited, ended(), tail(), stop() }. `stop` sends `stopSignal`, then SIGKILL after `graceSeconds`.
 */
export function startProcess({ command, args, env, cwd, log, stopSignal = 'SIGTERM', graceSeconds = 10 }) {
  if (log) mkdirSync(dirname(log), { recursive: true });
  const output = log ? openSync(log, 'a') : 'inherit';
  const child = spawn('sh', ['-c', LIFELINE, 'payonce', command, ...args], {
    cwd,
    detached: true,
    env: { ...env, GRACE: String(graceSeconds) },
    stdio: ['ignore', output, output, 'pipe'],
  });
  if (log) closeSync(output);
  child.stdio[3].on('error', () => {});

  const state = { ended: undefined };
  const exited = new Promise((resolve) => {
    const finish = (result) => {
      state.ended ??= result;
      if (child.pid) signalGroup(child.pid, 'SIGKILL');
      child.stdio[3].destroy();
      resolve(state.ended);
    };
    child.on('error', (error) => finish({ code: 127, signal: null, error }));
    child.on('exit', (code, signal) => finish({ code, signal }));
  });

  const killNow = () => {
    if (!state.ended && child.pid) signalGroup(child.pid, 'SIGKILL');
  };
  process.once('exit', killNow);
  const stop = async () => {
    forget();
    if (!state.ended && child.pid) signalGroup(child.pid, stopSignal);
    const timer = setTimeout(killNow, graceSeconds * 1000);
    await exited;
    clearTimeout(timer);
    process.removeListener('exit', killNow);
  };
  const forget = atEnd(stop);
  const tail = () => (log ? readFileSync(log, 'utf8').slice(-TAIL).trim() : '');
  return {
    pid: child.pid,
    exited,
    ended: () => state.ended,
    tail,
    stop,
    signal: (name) => signalGroup(child.pid, name),
  };
}
