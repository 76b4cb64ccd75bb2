import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../lib/ports.mjs';
import { startProcess } from '../lib/warden.mjs';
import { findMongodb, secantusEnv } from './find-mongodb.mjs';
import { mongodbAnswers, untilReady } from './ready.mjs';

const HOST = ['--bind_ip', '127.0.0.1'];

function mongodCommand({ executable, data, port, env }) {
  return { command: executable, args: ['--dbpath', data, '--port', String(port), ...HOST, '--nounixsocket'], env };
}

/** A settings file of its own keeps the stand-in from picking up a stranger's from the home folder. */
function secantusCommand({ python, site, data, port, env, folder }) {
  const settings = join(folder, 'secantus.toml');
  writeFileSync(settings, '');
  const where = ['--config', settings, '--host', '127.0.0.1', '--port', String(port), '--storage-path', data];
  const args = [
    '-c',
    'from secantus.cli import main; main()',
    ...where,
    '--log-level',
    'WARNING',
    '--cache-size',
    '256M',
  ];
  return { command: python, args, env: secantusEnv({ env, site }) };
}

/**
 * A MongoDB on a port of its own with its data in `folder`/mongodb. `fleeting` data need no orderly shutdown.
 * Resolves to { uri, pid?, stop }.
 */
export async function startMongodb({ env, folder, port, fleeting }) {
  const found = await findMongodb({ env });
  if (found.running) return { uri: found.running, stop: async () => {} };
  const data = join(folder, 'mongodb');
  mkdirSync(data, { recursive: true });
  const ours = port ?? (await freePort());
  const details = { ...found, data, port: ours, env, folder };
  const server = startProcess({
    ...(found.executable ? mongodCommand(details) : secantusCommand(details)),
    log: join(folder, 'mongodb.log'),
    stopSignal: fleeting ? 'SIGKILL' : 'SIGTERM',
  });
  await untilReady({ what: 'MongoDB', server, answers: () => mongodbAnswers(ours) });
  return { uri: `mongodb://127.0.0.1:${ours}/?directConnection=true`, pid: server.pid, stop: server.stop };
}
