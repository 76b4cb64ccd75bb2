/** Texts that strangers send. */
export const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  'a\u0000b\r\nSet-Cookie: x=1',
  '\ud800',
  '😀'.repeat(400),
  "Robert'); DROP TABLE students;--",
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '\u202etxt.exe',
  'x'.repeat(100_000),
];

/** Freezes a value and everything in it. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && isPlain(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** Also of another realm, as objects are under jest. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}
