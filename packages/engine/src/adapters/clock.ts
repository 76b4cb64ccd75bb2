import type { Clock } from '../ports/outside.js';

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };
