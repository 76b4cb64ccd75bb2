/** Alarms by key. They live in memory: whoever sets one can find it again in the database at the next boot. */
export interface Timers {
  /** Sets or replaces the alarm of a key. */
  set(alarm: { key: string; at: Date }): void;
  /** Cancels everything and waits for the alarms that are ringing. */
  close(): Promise<void>;
}

export interface TimersDeps {
  readonly clock: () => Date;
  /** May run twice for one key, so it must check the record itself. */
  readonly ring: (key: string) => Promise<void>;
  /** Called when `ring` fails; the alarm is set again. */
  readonly onError: (error: unknown, key: string) => void;
}

const RETRY_MS = 1_000;
/** setTimeout fires at once beyond 2^31 - 1 ms: longer waits are taken in steps. */
const LONGEST_STEP_MS = 2_000_000_000;

export function createTimers({ clock, ring, onError }: TimersDeps): Timers {
  const waiting = new Map<string, NodeJS.Timeout>();
  const ringing = new Set<Promise<void>>();
  let closed = false;

  const set = ({ key, at }: { key: string; at: Date }): void => {
    if (closed) return;
    clearTimeout(waiting.get(key));
    const left = at.getTime() - clock().getTime();
    const wait = Math.min(Math.max(left, 0), LONGEST_STEP_MS);
    waiting.set(
      key,
      setTimeout(() => (left > LONGEST_STEP_MS ? set({ key, at }) : start(key)), wait),
    );
  };

  const start = (key: string): void => {
    waiting.delete(key);
    const run = ring(key).catch((error: unknown) => {
      onError(error, key);
      set({ key, at: new Date(clock().getTime() + RETRY_MS) });
    });
    ringing.add(run);
    void run.finally(() => ringing.delete(run));
  };

  return {
    set,
    async close() {
      closed = true;
      for (const timeout of waiting.values()) clearTimeout(timeout);
      waiting.clear();
      await Promise.all(ringing);
    },
  };
}
