import { ensure } from './ensure.js';

/** A call that is given up on its way. */
export interface GivenUp {
  readonly what: string;
  readonly deadlineMs: number;
  /** Makes the call under the signal; resolves however it ends. */
  run(signal: AbortSignal): Promise<unknown>;
}

const SOON_MS = 50;

/** Aborts a call while it waits for an answer: it must end within the deadline and leave no timer running. */
export async function giveUp({ what, deadlineMs, run }: GivenUp): Promise<void> {
  const controller = new AbortController();
  const before = timers();
  const timer = setTimeout(() => controller.abort(new DOMException('the deadline is over', 'TimeoutError')), SOON_MS);
  const started = performance.now();
  try {
    await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
  const took = Math.round(performance.now() - started);
  ensure(took <= deadlineMs, `${what} took ${took} ms although its signal was aborted after ${SOON_MS} ms`);
  await ensureQuiet({ what, before, deadlineMs });
}

async function ensureQuiet({
  what,
  before,
  deadlineMs,
}: Pick<GivenUp, 'what' | 'deadlineMs'> & { readonly before: number }): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (timers() > before && performance.now() < end) await pause(SOON_MS);
  ensure(timers() <= before, `${what} left a timer running after its signal was aborted`);
}

/** A signal that is over before the call begins. */
export const overAlready = (): AbortSignal =>
  AbortSignal.abort(new DOMException('the deadline is over', 'TimeoutError'));

/** Waits. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** How many timers keep this process alive; 0 where the runtime does not tell. */
const timers = (): number =>
  globalThis.process?.getActiveResourcesInfo?.().filter((resource) => resource === 'Timeout').length ?? 0;
