/** Looks until something holds, and answers it. Throws after 20 s, with what was seen last. */
export async function eventually<Value>(
  look: () => Promise<Value>,
  holds: (value: Value) => boolean = Boolean,
): Promise<Value> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`still not so after 20 s: ${String(JSON.stringify(value)).slice(0, 1000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
