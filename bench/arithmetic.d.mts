/** Milliseconds of CPU time by the name of a process. */
export type CpuMs = Readonly<Record<string, number>>;

/** So many of the same, in so many milliseconds. */
export interface Round {
  readonly count: number;
  readonly ms: number;
  readonly cpuMs: CpuMs;
}

export function percentile(values: readonly number[], share: number): number;
export function median(values: readonly number[]): number;
export function cpuMsOf(reading: { readonly stat: string; readonly ticksPerSecond: number }): number;
export function used(readings: { readonly before: CpuMs; readonly after: CpuMs }): CpuMs;
export function total(rounds: readonly Round[]): Round;
export function perOne(round: Round): { readonly perSecond: number; readonly cpuMs: CpuMs };
