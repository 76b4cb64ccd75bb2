const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Thrown where something waited when it was asked to end. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** A person's Ctrl-C, or the stop of whoever started this process. */
export interface Interruption {
  /** Resolves when it comes. */
  readonly asked: Promise<void>;
  /** The same as a rejection, to race work against. */
  readonly failure: Promise<never>;
}

/** Takes the signals that ask a process to end, from now on: it must then end by itself. */
export function listenForInterruption(): Interruption {
  const asked = new Promise<void>((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve());
  });
  const failure = asked.then((): never => {
    throw new Interrupted();
  });
  failure.catch(() => undefined);
  return { asked, failure };
}
