/**
 * One value in both directions. Each direction checks: what is wrong neither gets into the database nor out of it
 * unnoticed, and nothing is ever made up in its place.
 * `path` names the value within its document.
 */
export interface Codec<Value> {
  /** @throws Mismatch when the stored value is not such a value */
  readonly read: (stored: unknown, path: string) => Value;
  /** @throws Mismatch when the value must not be stored */
  readonly write: (value: unknown, path: string) => unknown;
}

/**
 * A value that is not what its place asks for. Says where and what was expected, never what was there: that may be a
 * person or a secret.
 */
export class Mismatch extends Error {
  readonly path: string;
  readonly expected: string;

  constructor({ path, expected }: { path: string; expected: string }) {
    super(`${path} is not ${expected}`);
    this.name = 'Mismatch';
    this.path = path;
    this.expected = expected;
  }
}

/** A codec of values that are stored as they are. */
export function checked<Value>(expected: string, is: (value: unknown) => value is Value): Codec<Value> {
  const check = (value: unknown, path: string): Value => {
    if (!is(value)) throw new Mismatch({ path, expected });
    return value;
  };
  return { read: check, write: check };
}
