/** How often fetch is called while something runs. */
export async function callsDuring(run: () => Promise<unknown>): Promise<number> {
  const real = globalThis.fetch;
  let calls = 0;
  globalThis.fetch = (...asked) => {
    calls += 1;
    return real(...asked);
  };
  try {
    await run();
  } finally {
    globalThis.fetch = real;
  }
  return calls;
}
