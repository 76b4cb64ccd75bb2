import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpuMsOf, used } from './arithmetic.mjs';

/** Reads the CPU time of processes by name. Empty where there is no /proc, and without those whose pid is unknown. */
function reader(pids) {
  if (process.platform !== 'linux') return () => ({});
  const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const known = Object.entries(pids).filter(([, pid]) => pid !== undefined);
  const stat = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8');
  return () => Object.fromEntries(known.map(([name, pid]) => [name, cpuMsOf({ stat: stat(pid), ticksPerSecond })]));
}

/** Runs some work of `count` parts and answers how long it took and what CPU time each process used meanwhile. */
export function stopwatch(pids) {
  const read = reader(pids);
  return async ({ count, work }) => {
    const before = read();
    const startedAt = performance.now();
    const answer = await work();
    const ms = performance.now() - startedAt;
    return { count, ms, cpuMs: used({ before, after: read() }), answer };
  };
}
