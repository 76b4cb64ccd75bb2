const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** How long ago something was, in its largest unit: '3 h ago'. */
export function ago(since: Date, now: Date): string {
  const passed = Math.max(0, now.getTime() - since.getTime());
  const [unit, length] = UNITS.find(([, milliseconds]) => passed >= milliseconds) ?? ['s', 1_000];
  return `${Math.floor(passed / length)} ${unit} ago`;
}

/** A duration as a person reads it: '35 ms', '1.2 s'. */
export const took = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
