/** Where a plugin writes what it wants to say. Secrets and people are redacted by name, so log ids, not records. */
export interface PluginLogger {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** What every call of a plugin carries beside its own input. */
export interface Call {
  /** The same for every repetition of the same intent, also after a crash: pass it on to whatever has effects. */
  readonly idempotencyKey: string;
  /** Aborted when the deadline is over: stop, and leave nothing running. */
  readonly signal: AbortSignal;
  readonly logger: PluginLogger;
  /** Which of the two separate worlds this call belongs to. A plugin must never mix them. */
  readonly mode: Mode;
}

/** Test data and live data never meet. */
export type Mode = 'test' | 'live';
