const PATIENCE_MS = 30_000;

/** Looks until something holds, and answers it. Throws after 30 s, or as long as is said, with what was seen last. */
export async function eventually<Value>(
  look: () => Promise<Value>,
  holds: (value: Value) => boolean = Boolean,
  patienceMs: number = PATIENCE_MS,
): Promise<Value> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`still not so after ${patienceMs / 1000} s: ${String(JSON.stringify(value)).slice(0, 1000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
