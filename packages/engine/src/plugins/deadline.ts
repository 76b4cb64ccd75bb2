/** The time was over before the work was. */
export class DeadlineError extends Error {
  constructor(deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
    this.name = 'DeadlineError';
  }
}

/** Work of a stranger: it may throw at once, answer anything, answer late or never. */
export interface TimedWork {
  readonly deadlineMs: number;
  /** Ends the wait early; the rejection is then its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Gets a signal that is aborted when the time is over or the caller gave up. */
  run(signal: AbortSignal): unknown;
}

/**
 * Waits for the work until its time is over and no longer: then rejects with a DeadlineError, whatever the work still does. What it answers or throws afterwards is
 * dropped. A loop that never yields cannot be stopped from within the process.
 */
export async function withDeadline({ deadlineMs, signal, run }: TimedWork): Promise<unknown> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const watch = watchTime({ deadlineMs, signal, controller });
  const work = Promise.resolve().then(() => run(controller.signal));
  try {
    return await Promise.race([work, watch.over]);
  } finally {
    watch.stop();
  }
}

function watchTime({
  deadlineMs,
  signal,
  controller,
}: Omit<TimedWork, 'run'> & { readonly controller: AbortController }) {
  const stops: (() => void)[] = [];
  const over = new Promise<never>((_, reject) => {
    const end = (reason: unknown): void => {
      reject(reason); // before the abort: what the work throws because of it must not win the race
      controller.abort(reason);
    };
    const timer = setTimeout(() => end(new DeadlineError(deadlineMs)), deadlineMs);
    const giveUp = (): void => end(signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    stops.push(
      () => clearTimeout(timer),
      () => signal?.removeEventListener('abort', giveUp),
    );
  });
  return { over, stop: () => stops.forEach((stop) => stop()) };
}
