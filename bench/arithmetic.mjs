/** The value below which a share of the values lies, by the nearest rank: one that was measured, never a mean of two. */
export function percentile(values, share) {
  if (values.length === 0) throw new RangeError('there is no percentile of nothing');
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.max(Math.ceil(share * sorted.length), 1), sorted.length) - 1];
}

/** The middle one. */
export const median = (values) => percentile(values, 0.5);

/**
 * CPU time of a process, user and system, in milliseconds: from the text of /proc/<pid>/stat and the clock ticks per
 * second. The name of the process, in brackets, may hold spaces and brackets of its own.
 */
export function cpuMsOf({ stat, ticksPerSecond }) {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields[11], fields[12]].map(Number);
  if (!Number.isInteger(user) || !Number.isInteger(system)) throw new TypeError(`not a /proc/<pid>/stat: ${stat}`);
  return ((user + system) * 1000) / ticksPerSecond;
}

/** What each process used between two readings, by name; one that either reading lacks is left out. */
export function used({ before, after }) {
  const names = Object.keys(before).filter((name) => after[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]]));
}

/** Rounds of the same thing, added up: how many, how long, and the CPU time of each process. */
export function total(rounds) {
  const names = new Set(rounds.flatMap(({ cpuMs }) => Object.keys(cpuMs)));
  const sum = (pick) => rounds.reduce((all, round) => all + pick(round), 0);
  return {
    count: sum(({ count }) => count),
    ms: sum(({ ms }) => ms),
    cpuMs: Object.fromEntries([...names].map((name) => [name, sum(({ cpuMs }) => cpuMs[name] ?? 0)])),
  };
}

/** What one of them cost: rate per second, and CPU milliseconds by process. */
export const perOne = ({ count, ms, cpuMs }) => ({
  perSecond: (count * 1000) / ms,
  cpuMs: Object.fromEntries(Object.entries(cpuMs).map(([name, value]) => [name, value / count])),
});
