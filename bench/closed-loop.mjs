/** Does `work` so often, so many at a time: the next one begins when one has ended. Answers how long each took, in milliseconds. */
export async function closedLoop({ count, concurrency, work }) {
  const took = [];
  let begun = 0;
  const lane = async () => {
    while (begun < count) {
      begun += 1;
      const startedAt = performance.now();
      await work();
      took.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, lane));
  return took;
}

/** Looks every so often until it is so; throws when that takes too long. */
export async function untilTrue({ what, look, everyMs = 50, forMs = 120_000 }) {
  const end = performance.now() + forMs;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${forMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
