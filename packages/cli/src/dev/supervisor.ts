import { setTimeout as sleep } from 'node:timers/promises';
import { Explained } from '../explained.js';
import { startChild } from './child.js';
import type { Child, Ended, Program } from './child.js';
import { untilReady } from './ready.js';

/** A program that says when it can work. */
export interface Service extends Program {
  /** Answers 200 when it can. */
  readonly readyUrl: string;
}

/** What supervision is told. */
export interface SupervisorDeps {
  /** Whether a program that ends is started again, once all were ready. */
  readonly restarts: boolean;
  readonly say: (line: string) => void;
  /** First pause before a restart; doubles up to a minute. */
  readonly pauseMs?: number;
}

/** Programs kept at work together. */
export interface Supervisor {
  /** Starts them all and waits until each is ready. Rejects when one ends before that, and stops none: `stop` does. */
  start(services: readonly Service[]): Promise<void>;
  /** Rejects when a program has ended for good; never resolves. */
  readonly failure: Promise<never>;
  /** Stops them, the last one first, each after the other. Leaves nothing running. */
  stop(): Promise<void>;
}

interface Running {
  readonly service: Service;
  child: Child;
}

const MAX_PAUSE_MS = 60_000;
/** Whoever ran this long is not in a crash loop. */
const STEADY_MS = 60_000;

/** Starts, watches and stops programs. */
export function createSupervisor({ restarts, say, pauseMs = 1_000 }: SupervisorDeps): Supervisor {
  const running: Running[] = [];
  const stopping = new AbortController();
  const failed = rejectable();
  let steady = false;

  async function watch(entry: Running): Promise<void> {
    for (let pause = pauseMs; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
      const startedAt = performance.now();
      const ended = await entry.child.exited;
      if (stopping.signal.aborted) return;
      if (!restarts || !steady) return failed.reject(deathOf(entry, ended));
      if (performance.now() - startedAt > STEADY_MS) pause = pauseMs;
      say(`${deathOf(entry, ended).message}\nStarting it again in ${Math.round(pause / 1000)} s.`);
      await sleep(pause, undefined, { signal: stopping.signal });
      if (stopping.signal.aborted) return;
      entry.child = startChild(entry.service);
      void sayWhenReady(entry.service);
    }
  }

  async function sayWhenReady({ name, readyUrl: url }: Service): Promise<void> {
    await untilReady({ name, url, say, signal: stopping.signal })
      .then(() => say(`${name} is ready again.`))
      .catch(() => undefined);
  }

  return {
    failure: failed.promise,
    async start(services) {
      for (const service of services) {
        const entry = { service, child: startChild(service) };
        running.push(entry);
        watch(entry).catch(() => undefined);
      }
      const ready = services.map(({ name, readyUrl: url }) => untilReady({ name, url, say, signal: stopping.signal }));
      await Promise.race([Promise.all(ready), failed.promise]);
      steady = true;
    },
    async stop() {
      stopping.abort();
      for (const { child } of running.splice(0).reverse()) await child.stop();
    },
  };
}

const deathOf = ({ service, child }: Running, { code, signal }: Ended): Explained =>
  new Explained(
    `${service.name} ended unexpectedly (${signal ?? `exit code ${code}`}). The end of ${service.log}:\n\n${indented(child.tail())}\n`,
    { exitCode: 1 },
  );

const indented = (text: string): string => text.replace(/^/gm, '    ');

/** A promise that is rejected from outside, and bothers nobody while it is not looked at. */
function rejectable(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let rejectIt: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    rejectIt = reject;
  });
  promise.catch(() => undefined);
  return { promise, reject: rejectIt };
}
