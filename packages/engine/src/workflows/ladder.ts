const MINUTE = 60_000;
const RUNGS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const;

/** How long to wait before asking the processor again: 1, 5, 15 minutes, an hour, then daily, without end. */
export const waitBefore = (rung: number): number => RUNGS[rung] ?? 24 * 60 * MINUTE;
