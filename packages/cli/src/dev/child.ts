import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from '../explained.js';
import { readableLine } from './log-line.js';

/**
 * The child gets a group of its own and a lifeline (descriptor 3). When the lifeline breaks, because this process was killed without a chance to say goodbye, a watcher
 * in the group ends the whole group.
 */
export const LIFELINE = `(trap "" TERM INT HUP; cat <&3; kill -TERM -$$; sleep "$GRACE"; kill -KILL -$$) >/dev/null 2>&1 &
exec "$@" 3<&-`;

const TAIL_LINES = 15;
const MAX_LOG_BYTES = 5_000_000;

/** What to run. */
export interface Program {
  readonly name: string;
  /** A script for Node. */
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** File that its output is added to. */
  readonly log: string;
  /** How long it may take to end when asked to. */
  readonly graceMs: number;
}

/** How a child ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program at work that does not outlive this process. */
export interface Child {
  readonly pid: number | undefined;
  readonly exited: Promise<Ended>;
  /** The end of what it said, for people. */
  tail(): string;
  /** Asks it to end, and kills it when it does not in time. */
  stop(): Promise<void>;
}

/** Starts a program; its output goes to its log. */
export function startChild({ script, env, log, graceMs }: Program): Child {
  const output = openLog(log);
  const begin = fstatSync(output).size;
  const child = spawn('sh', ['-c', LIFELINE, 'payonce', process.execPath, '--enable-source-maps', script], {
    detached: true,
    env: { ...env, GRACE: String(Math.ceil(graceMs / 1000)) },
    stdio: ['ignore', output, output, 'pipe'],
  });
  closeSync(output);
  const lifeline = child.stdio[3];
  lifeline?.on('error', () => {});
  const kill = (signal: NodeJS.Signals): void => signalGroup(child.pid, signal);
  const exited = new Promise<Ended>((resolve) => {
    const finish = (ended: Ended): void => {
      kill('SIGKILL');
      lifeline?.destroy();
      resolve(ended);
    };
    child.once('error', () => finish({ code: 127, signal: null }));
    child.once('exit', (code, signal) => finish({ code, signal }));
  });
  const stop = async (): Promise<void> => {
    kill('SIGTERM');
    const timer = setTimeout(() => kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(timer);
  };
  return { pid: child.pid, exited, stop, tail: () => tailOf({ log, begin }) };
}

/** What an earlier run said is none of its words. */
function tailOf({ log, begin }: { readonly log: string; readonly begin: number }): string {
  const said = readFileSync(log).subarray(begin).toString().trimEnd();
  return said === '' ? '(it said nothing)' : said.split('\n').slice(-TAIL_LINES).map(readableLine).join('\n');
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(path, `${path}.old`);
  return openSync(path, 'a', 0o600);
}

/** A group that is gone already is fine. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
