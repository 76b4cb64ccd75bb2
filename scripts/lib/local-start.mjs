import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startMongodb } from '../backends/mongodb.mjs';
import { startTemporal } from '../backends/temporal.mjs';
import { startProgram, untilDone } from './hand-over.mjs';
import { claim, crossOut, writeDown } from './left-behind.mjs';
import { atEnd } from './lifetime.mjs';
import { portFrom } from './ports.mjs';

async function startBackends({ env, folder, ports }) {
  const port = await portFrom({ from: ports.temporal, what: 'Temporal' });
  const uiPort = await portFrom({ from: ports.temporalUi, what: 'Temporal UI' });
  const mongodbPort = await portFrom({ from: ports.mongodb, what: 'MongoDB' });
  return Promise.all([
    startTemporal({ env, folder, port, uiPort, dbFile: join(folder, 'temporal.db') }),
    startMongodb({ env, folder, port: mongodbPort }),
  ]);
}

/** Starts the backends with their data in `folder`, then `program` on them. Resolves to its exit code. */
export async function startLocally({ folder, ports, program, words, args, env = process.env }) {
  mkdirSync(folder, { recursive: true });
  await claim({ folder });
  writeDown({ folder, processes: [] });
  atEnd(() => crossOut({ folder }));
  const [temporal, mongodb] = await startBackends({ env, folder, ports });
  const started = startProgram({ program, words, temporal, mongodb, args, env });
  const all = [
    { ...temporal, mark: folder },
    { ...mongodb, mark: folder },
    { ...started, name: 'payonce', mark: program },
  ];
  writeDown({ folder, processes: all.filter(({ pid }) => pid).map(({ name, pid, mark }) => ({ name, pid, mark })) });
  return untilDone({ program: started, backends: [temporal, mongodb] });
}
