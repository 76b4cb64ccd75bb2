import { RetryableError } from '@payonce/plugin-sdk';

/** Waits for work that knows no signal, until the call is over. What it was to change may still happen: the outcome is open. */
export async function unlessAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  let stop = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    const end = (): void => reject(tooLate());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    stop = () => signal.removeEventListener('abort', end);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    stop();
  }
}

/** For work of several steps: whoever waited for it has given up, and nothing may happen behind their back. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw tooLate();
}

const tooLate = (): RetryableError =>
  new RetryableError({ code: 'no_answer', message: 'the store did not answer in time' });
