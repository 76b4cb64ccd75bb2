const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long to wait before each attempt, measured from the one before; the first is at once. */
const DELAYS = [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR] as const;

/** How often an event is posted to an endpoint before it counts as failed. */
export const MAX_DELIVERY_ATTEMPTS = DELAYS.length;

/** Milliseconds to wait before the next post of an event that was posted so many times; null when there is none. A pure function, so that every dispatcher keeps the same schedule. */
export const nextDelayMs = (attempts: number): number | null => DELAYS[attempts] ?? null;
