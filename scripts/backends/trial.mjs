import { spawnSync } from 'node:child_process';

/** Whether what was fetched runs on this machine at all. Answers a problem, or undefined. */
export function trial({ command, args, env }) {
  const { status, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8', timeout: 60_000 });
  return status === 0 ? undefined : `it does not run: ${error?.message ?? stderr.trim().split('\n').at(-1)}`;
}
