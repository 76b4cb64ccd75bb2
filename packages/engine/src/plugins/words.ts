/** What a thrown thing says, on one line and not at length, without tripping over a trap. Of errors from another realm too. */
export function wordsOf(thrown: unknown): string {
  try {
    const message: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'message') : undefined;
    return (typeof message === 'string' ? message : `a thrown ${typeof thrown}`).replaceAll(/\s+/g, ' ').slice(0, 300);
  } catch {
    return 'a thrown trap';
  }
}
