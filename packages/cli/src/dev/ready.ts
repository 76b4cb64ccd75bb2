import { setTimeout as sleep } from 'node:timers/promises';
import { Explained } from '../explained.js';

const EVERY_MS = 50;
const PATIENCE_MS = 90_000;
const SAY_EVERY_MS = 10_000;

/** Waits until a service answers that it is ready. Says now and then what it still waits for. Rejects when that takes too long. */
export async function untilReady({
  name,
  url,
  say,
  signal,
}: {
  readonly name: string;
  readonly url: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const startedAt = performance.now();
  for (let sayAt = SAY_EVERY_MS; ;) {
    const missing = await whatIsMissing(url);
    if (missing === undefined) return;
    const waited = performance.now() - startedAt;
    if (waited > PATIENCE_MS)
      throw new Explained(`${name} was not ready within ${PATIENCE_MS / 1000} s: ${missing}`, { exitCode: 1 });
    if (waited > sayAt) {
      say(`Still waiting for ${name}: ${missing}`);
      sayAt += SAY_EVERY_MS;
    }
    await sleep(EVERY_MS, undefined, { signal });
  }
}

/** undefined when it is ready. */
async function whatIsMissing(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const body = await response.text();
    return response.ok ? undefined : `it answers ${response.status} ${body.slice(0, 300)}`;
  } catch {
    return 'it does not answer yet';
  }
}
