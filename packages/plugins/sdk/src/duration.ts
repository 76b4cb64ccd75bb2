/** A span by the calendar: how long a key or access lasts. */
export interface Duration {
  /** At least 1. */
  readonly count: number;
  /** As the public API spells it. */
  readonly interval: 'Day' | 'Week' | 'Month' | 'Year';
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The moment that far after another, by the calendar in UTC. A month that lacks the day ends on its last one: 31 January and a month is 28 or 29 February, 29 February
 * and a year is 28 February. Pure.
 *
 * @example
 * after(new Date('2026-01-31T12:00:00Z'), { count: 1, interval: 'Month' }); // 2026-02-28T12:00:00Z
 */
export function after(start: Date, { count, interval }: Duration): Date {
  switch (interval) {
    case 'Day':
      return new Date(start.getTime() + count * DAY_MS);
    case 'Week':
      return new Date(start.getTime() + count * 7 * DAY_MS);
    case 'Month':
      return monthsAfter(start, count);
    case 'Year':
      return monthsAfter(start, count * 12);
  }
}

function monthsAfter(start: Date, count: number): Date {
  const month = start.getUTCMonth() + count;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moment = new Date(start);
  moment.setUTCFullYear(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay));
  return moment;
}
