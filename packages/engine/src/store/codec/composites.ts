import type { Codec } from './codec.js';
import { Mismatch } from './codec.js';

/** A field that may be left out; stored by leaving it out. */
export interface Optional<Value> extends Codec<Value> {
  readonly optional: true;
}

type OptionalKeys<Value> = {
  [Key in keyof Value]-?: Record<never, never> extends Pick<Value, Key> ? Key : never;
}[keyof Value];

/** A codec for each field of a record: a field that is added to the record does not compile until it is stored. */
export type Fields<Value> = {
  readonly [Key in keyof Value]-?: Key extends OptionalKeys<Value>
    ? Optional<Exclude<Value[Key], undefined>>
    : Codec<Value[Key]>;
};

/** Marks a field that may be left out. */
export const optional = <Value>(codec: Codec<Value>): Optional<Value> => ({ ...codec, optional: true });

/** Such a value or null. A field that is missing is not null. */
export const nullable = <Value>({ read, write }: Codec<Value>): Codec<Value | null> => ({
  read: (stored, path) => (stored === null ? null : read(stored, path)),
  write: (value, path) => (value === null ? null : write(value, path)),
});

/** A list of such values. */
export function list<Value>({ read, write }: Codec<Value>): Codec<readonly Value[]> {
  const each = <Result>(
    values: unknown,
    path: string,
    one: (value: unknown, path: string) => Result,
  ): readonly Result[] => {
    if (!Array.isArray(values)) throw new Mismatch({ path, expected: 'a list' });
    return values.map((value: unknown, index) => one(value, `${path}.${index}`));
  };
  return { read: (stored, path) => each(stored, path, read), write: (value, path) => each(value, path, write) };
}

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Whether a value is an object with named fields; otherwise throws. */
export function fieldsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (!isPlainObject(value)) throw new Mismatch({ path, expected: 'an object' });
  return value;
}

const isOptional = (codec: Codec<unknown>): boolean => 'optional' in codec;

/** The path of a field within what is at `path`; the document itself has the empty path. */
export const under = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);

/** An object with exactly these fields. Others are left where they are: they are not read, and not written. */
export function record<Value extends object>(fields: Fields<Value>): Codec<Value> {
  const codecs = Object.entries<Codec<unknown>>(fields as unknown as Record<string, Codec<unknown>>);
  const each = (direction: 'read' | 'write') => (value: unknown, path: string) => {
    const source = fieldsOf(value, path);
    const present = codecs.filter(([name, codec]) => !(isOptional(codec) && source[name] === undefined));
    return Object.fromEntries(
      present.map(([name, codec]) => [name, codec[direction](source[name], under(path, name))]),
    );
  };
  return { read: (stored, path) => each('read')(stored, path) as Value, write: each('write') };
}

/** One of several records, told apart by one field. */
export function choice<Value extends object, Key extends keyof Value & string>(
  key: Key,
  variants: { readonly [Word in Value[Key] & string]: Codec<Extract<Value, Readonly<Record<Key, Word>>>> },
): Codec<Value> {
  const words = new Map(Object.entries<Codec<Value>>(variants as Record<string, Codec<Value>>));
  const variantOf = (value: unknown, path: string): Codec<Value> => {
    const word = fieldsOf(value, path)[key];
    const variant = typeof word === 'string' ? words.get(word) : undefined;
    if (!variant) throw new Mismatch({ path: under(path, key), expected: `one of ${[...words.keys()].join(', ')}` });
    return variant;
  };
  return {
    read: (stored, path) => variantOf(stored, path).read(stored, path),
    write: (value, path) => variantOf(value, path).write(value, path),
  };
}
