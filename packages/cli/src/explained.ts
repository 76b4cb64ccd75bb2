/** A failure that its reader can act on: shown as its message, without a stack. */
export class Explained extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = 2, cause }: { readonly exitCode?: number; readonly cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'Explained';
    this.exitCode = exitCode;
  }
}

/** The words of whatever was thrown, and of what was behind it where they say nothing by themselves. */
export function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.message === 'fetch failed' ? `fetch failed: ${wordsOf(thrown.cause)}` : thrown.message;
}

/** Whether Node threw this for that reason, such as ENOENT. */
export const hasCode = (thrown: unknown, code: string): boolean =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code;
