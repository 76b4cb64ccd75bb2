/** Every text in a value, at any depth: messages and causes of errors, keys and values of objects, lists, maps, headers and bytes. */
export function textsOf(value: unknown): readonly string[] {
  const texts: string[] = [];
  collect({ value, texts, seen: new Set() });
  return texts;
}

interface Collection {
  readonly value: unknown;
  readonly texts: string[];
  readonly seen: Set<unknown>;
}

function collect({ value, texts, seen }: Collection): void {
  if (typeof value === 'string') texts.push(value);
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const part of partsOf(value)) collect({ value: part, texts, seen });
}

function partsOf(value: object): readonly unknown[] {
  if (value instanceof Uint8Array) return [String.fromCharCode(...value.subarray(0, 10_000))];
  if (Symbol.iterator in value) return [...(value as Iterable<unknown>)];
  const names = Object.getOwnPropertyNames(value).filter((name) => name !== 'stack');
  return names.flatMap((name) => [name, Reflect.get(value, name)]);
}
