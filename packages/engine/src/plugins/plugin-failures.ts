import { NotSentError, PermanentError, RetryableError, pluginErrorKind } from '@payonce/plugin-sdk';

const MARKER = Symbol.for('payonce.plugin-failure');
const CODE = /^[a-z][a-z0-9_]{0,63}$/;
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** How a failed call of a plugin is to be treated. The message is ours and the code the only word of the plugin's, so both may be recorded anywhere. */
export interface PluginFailure {
  readonly kind: 'retryable' | 'permanent' | 'not_sent' | 'invalid_answer' | 'other';
  readonly code: string;
  readonly message: string;
  /** Wait at least this long before the next try; at most a day. */
  readonly retryAfterMs?: number;
}

class Failure extends Error {
  readonly [MARKER]: 'invalid_answer' | 'other' | 'permanent';
  readonly code: string;

  constructor(kind: 'invalid_answer' | 'other' | 'permanent', problem: { code: string; message: string }) {
    super(problem.message);
    this.name = new.target.name;
    this[MARKER] = kind;
    this.code = problem.code;
  }
}

/** The plugin answered something that its contract does not know. For a processor the outcome is unknown then. */
export class PluginAnswerError extends Failure {
  constructor(message: string) {
    super('invalid_answer', { code: 'plugin_answer_invalid', message });
  }
}

/** The plugin threw something that says nothing about what to do: worth a few more tries. */
export class PluginCrashError extends Failure {
  constructor(message: string) {
    super('other', { code: 'plugin_crashed', message });
  }
}

/** No plugin of this installation provides what was recorded or configured: somebody has to install it again. */
export class PluginMissingError extends Failure {
  constructor(message: string) {
    super('permanent', { code: 'plugin_missing', message });
  }
}

/** The provider has nothing left of what was paid for: a person decides. */
export class SoldOutError extends Failure {
  constructor(message: string) {
    super('permanent', { code: 'sold_out', message });
  }
}

/** What a failed call means, whoever threw whatever. Never throws, whatever it is given. */
export function classify(thrown: unknown): PluginFailure {
  return (
    ownFailure(thrown) ?? toldFailure(thrown) ?? { kind: 'other', code: 'plugin_crashed', message: MESSAGES.other }
  );
}

/** The failure as an error of ours without the plugin's words or objects: safe to rethrow into an activity. */
export function toError({ kind, code, message, retryAfterMs }: PluginFailure, where: string): Error {
  const problem = { code, message: `${where}: ${message}`, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  switch (kind) {
    case 'retryable':
      return new RetryableError(problem);
    case 'permanent':
      return new PermanentError(problem);
    case 'not_sent':
      return new NotSentError(problem);
    case 'invalid_answer':
      return new PluginAnswerError(problem.message);
    case 'other':
      return new PluginCrashError(problem.message);
  }
}

const MESSAGES: Record<PluginFailure['kind'], string> = {
  retryable: 'the plugin asks to be tried again',
  permanent: 'the plugin says that trying again cannot help',
  not_sent: 'the plugin says that nothing reached the other side',
  invalid_answer: 'the answer of the plugin does not fit its contract',
  other: 'the plugin failed without saying why',
};

function ownFailure(thrown: unknown): PluginFailure | undefined {
  const kind = read(thrown, MARKER);
  if (kind !== 'invalid_answer' && kind !== 'other' && kind !== 'permanent') return undefined;
  return { kind, code: codeOf(thrown), message: MESSAGES[kind] };
}

function toldFailure(thrown: unknown): PluginFailure | undefined {
  const kind = attempt(() => pluginErrorKind(thrown));
  if (kind === undefined) return undefined;
  const wait = read(thrown, 'retryAfterMs');
  const retryAfterMs = typeof wait === 'number' && wait >= 0 ? { retryAfterMs: Math.min(wait, LONGEST_WAIT_MS) } : {};
  return { kind, code: codeOf(thrown), message: MESSAGES[kind], ...retryAfterMs };
}

function codeOf(thrown: unknown): string {
  const code = read(thrown, 'code');
  return typeof code === 'string' && CODE.test(code) ? code : 'plugin_crashed';
}

/** A thrown thing may be a trap itself: reading it must not throw a second time. */
const read = (from: unknown, key: PropertyKey): unknown =>
  attempt(() => (typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined));

function attempt<Value>(run: () => Value): Value | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
