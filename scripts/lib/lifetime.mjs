import { Explained, say } from './say.mjs';

const stops = new Set();
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
let ending;

/** Promises to call `stop` before this process ends, however it ends short of SIGKILL. Returns a way to take it back. */
export function atEnd(stop) {
  stops.add(stop);
  return () => stops.delete(stop);
}

/** Stops everything, the youngest first. A stop that fails does not keep the others from being called. */
export async function stopEverything() {
  for (const stop of [...stops].reverse()) {
    stops.delete(stop);
    await Promise.resolve()
      .then(stop)
      .catch((error) => say(`while stopping: ${error.message}`));
  }
}

async function endWith(code) {
  ending ??= stopEverything();
  await ending;
  process.exit(code);
}

/**
 * Runs a command's story: its answer is the exit code, and what it started is stopped on every way out. With
 * `patient`, Ctrl-C is left to the program in the foreground, which gets it as well.
 */
export async function main(story, { patient = false } = {}) {
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (!patient || signal !== 'SIGINT') void endWith(code);
    });
  }
  try {
    await endWith((await story(process.argv.slice(2))) ?? 0);
  } catch (error) {
    say(error instanceof Explained ? `\n${error.message}` : `\n${error.stack}`);
    await endWith(1);
  }
}
