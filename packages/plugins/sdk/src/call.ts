/** Where a plugin writes what it wants to say. Secrets and people are redacted by name, so log ids, not records. */
export interface PluginLogger {
  /** For whoever looks for a mistake in the plugin; usually not kept. */
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** What went as it should and is worth a line. */
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** What went wrong and was dealt with. */
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** What somebody has to look at. */
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** What every call of a plugin carries beside its own input. */
export interface Call {
  /** The same for every repetition of the same intent, also after a crash: pass it on to whatever has effects. */
  readonly idempotencyKey: string;
  /**
   * Aborted when the deadline is over, which is 10 seconds after a tax calculator was asked and 30 after any other call, unless the installation says otherwise: stop, and leave
   * nothing running. Pass it on: `fetch(url, { signal })`.
   */
  readonly signal: AbortSignal;
  /** Writes lines that carry the plugin, the verb and the idempotency key already. */
  readonly logger: PluginLogger;
  /** Which of the two separate worlds this call belongs to. A plugin must never mix them. */
  readonly mode: Mode;
}

/** Test data and live data never meet. */
export type Mode = 'test' | 'live';
