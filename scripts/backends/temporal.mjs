import { join } from 'node:path';
import { freePort } from '../lib/ports.mjs';
import { Explained } from '../lib/say.mjs';
import { startServer } from '../lib/warden.mjs';
import { findTemporal } from './find-temporal.mjs';
import { temporalAnswers, untilReady } from './ready.mjs';

/** With its defaults the development server looks for work 20 times a second, which adds 50 ms to every step. */
const FAST_QUEUES = ['transfer', 'timer', 'visibility'].flatMap((queue) => [
  '--dynamic-config-value',
  `history.${queue}ProcessorMaxPollRPS=1000`,
]);

/** A server of the caller's must not be taken for ours because of what the terminal's environment says. */
function withoutTemporalSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function adopt(address) {
  if (!(await temporalAnswers(address))) throw new Explained(`No Temporal answers at TEMPORAL_ADDRESS ${address}.`);
  return { name: 'Temporal', address };
}

/**
 * A development server on a port of its own: data in `dbFile`, in memory without one (and then without an
 * orderly shutdown); a UI when `uiPort` is given.
 * Resolves to { name, address, uiUrl?, and those of `startServer` unless it is a running one }.
 */
export async function startTemporal({ env, folder, port, uiPort, dbFile }) {
  const { running, executable } = await findTemporal({ env });
  if (running) return adopt(running);
  const ours = port ?? (await freePort());
  const address = `127.0.0.1:${ours}`;
  const ui = uiPort ? ['--ui-port', String(uiPort), '--ui-disable-news-fetch'] : ['--headless'];
  const data = dbFile ? ['--db-filename', dbFile] : [];
  const server = startServer({
    command: executable,
    args: [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(ours),
      '--log-level',
      'warn',
      ...ui,
      ...data,
      ...FAST_QUEUES,
    ],
    env: withoutTemporalSettings(env),
    log: join(folder, 'temporal.log'),
    stopSignal: dbFile ? 'SIGTERM' : 'SIGKILL',
  });
  await untilReady({ what: 'Temporal', server, answers: () => temporalAnswers(address) });
  return { ...server, name: 'Temporal', address, ...(uiPort && { uiUrl: `http://127.0.0.1:${uiPort}` }) };
}
