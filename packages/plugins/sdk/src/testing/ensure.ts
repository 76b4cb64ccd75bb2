import { pluginErrorKind } from '../errors.js';
import type { PluginErrorKind } from '../errors.js';
import { textsOf } from './texts-of.js';

/** What a check throws when a plugin breaks a promise: the message says which, and what happened instead. */
export class ConformanceError extends Error {
  /** Tells it from what a plugin throws. */
  override readonly name = 'ConformanceError';
}

/** Goes on only when something holds. */
export function ensure(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new ConformanceError(problem);
}

/** Goes on only when two JSON values are equal; the order of keys does not matter. */
export function ensureSame({ what, was, expected }: { what: string; was: unknown; expected: unknown }): void {
  const [left, right] = [written(was), written(expected)];
  ensure(left === right, `${what}: expected ${cut(right)}, got ${cut(left)}`);
}

/** How a call ended: with an answer, or with one of the contract's errors. */
export type Ending<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: PluginErrorKind; readonly error: unknown };

/** Waits for a call. Fails when it throws anything but a NotSentError, a RetryableError or a PermanentError. */
export async function endingOf<Answer>(what: string, call: Promise<Answer>): Promise<Ending<Answer>> {
  try {
    return { kind: 'answered', answer: await call };
  } catch (thrown) {
    if (thrown instanceof ConformanceError) throw thrown;
    const kind = pluginErrorKind(thrown);
    ensure(
      kind !== undefined,
      `${what} threw something that is no NotSentError, RetryableError or PermanentError: ${cut(textsOf(thrown).join(' | '))}`,
    );
    return { kind, error: thrown };
  }
}

/** An ending in a few words. */
export const endingText = (ending: Ending<unknown>): string =>
  ending.kind === 'answered'
    ? `answered ${cut(written(ending.answer))}`
    : `threw a ${ending.kind} error (${cut(textsOf(ending.error).join(' | '))})`;

/** JSON with sorted keys. */
export const written = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  ) ?? 'nothing';

const MOST_CHARACTERS = 400;
const cut = (text: string): string => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text);
