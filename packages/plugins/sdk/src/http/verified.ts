/** Whether a signature holds, and if not why, in words that repeat nothing of it. */
export type Verified = { readonly verified: true } | { readonly verified: false; readonly reason: string };

/** How far the clocks of the two sides may be apart, and how long a post may be under way. */
const TOLERANCE_SECONDS = 300;
/** So that nobody lets us compare for long. */
export const MOST_SIGNATURES = 10;

export const doubted = (reason: string): Verified => ({ verified: false, reason });

/** Whether a time, in whole seconds as text, is near enough. */
export const inTime = ({ seconds, now }: { readonly seconds: string; readonly now: Date }): boolean =>
  Math.abs(now.getTime() / 1_000 - Number(seconds)) <= TOLERANCE_SECONDS;

/** The value of one header, whatever its name is spelled like; empty when there is none, or a list. */
export function headerIn(headers: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : '';
}
