const MARKER = Symbol.for('payonce.plugin-error');

/** How the engine treats a thrown error. Anything that is not one of these errors counts as retryable, with a cap. */
export type PluginErrorKind = 'retryable' | 'permanent' | 'not_sent';

/** What plugin errors have in common. Recognized by a marker, not by `instanceof`: a plugin may bring its own copy of this package. */
export class PluginError extends Error {
  /** What {@link pluginErrorKind} reads. */
  readonly [MARKER]: PluginErrorKind;
  /** Stable, in snake_case, at most 64 characters: the only word of the plugin that is shown on the purchase. The message goes to the log alone. */
  readonly code: string;
  /** Milliseconds to wait at least before the next try; more than a day counts as a day. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: PluginErrorKind,
    problem: { code: string; message: string; retryAfterMs?: number; cause?: unknown },
  ) {
    super(problem.message, { cause: problem.cause });
    this.name = new.target.name;
    this[MARKER] = kind;
    this.code = problem.code;
    this.retryAfterMs = problem.retryAfterMs;
  }
}

/** Try again later: the other side was unreachable, busy or gave no usable answer. For a processor this also says that the outcome is unknown. */
export class RetryableError extends PluginError {
  constructor(problem: { code: string; message: string; retryAfterMs?: number; cause?: unknown }) {
    super('retryable', problem);
  }
}

/** Trying again cannot help: the step fails and waits for a person. */
export class PermanentError extends PluginError {
  constructor(problem: { code: string; message: string; cause?: unknown }) {
    super('permanent', problem);
  }
}

/** Surely nothing reached the other side (name not resolved, connection refused): safe to send again, and never an unknown outcome. */
export class NotSentError extends PluginError {
  constructor(problem: { code: string; message: string; retryAfterMs?: number; cause?: unknown }) {
    super('not_sent', problem);
  }
}

/** What kind of plugin error a thrown value is; undefined when it is something else. */
export function pluginErrorKind(thrown: unknown): PluginErrorKind | undefined {
  if (typeof thrown !== 'object' || thrown === null || !(MARKER in thrown)) return undefined;
  const kind = thrown[MARKER];
  return kind === 'retryable' || kind === 'permanent' || kind === 'not_sent' ? kind : undefined;
}
