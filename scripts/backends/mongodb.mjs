import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../lib/ports.mjs';
import { say } from '../lib/say.mjs';
import { startServer } from '../lib/warden.mjs';
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
 * A MongoDB on a port of its own with its data in `folder`. `fleeting` data need no orderly shutdown.
 * Resolves to { name, uri, and those of `startServer` unless it is a running one }.
 */
export async function startMongodb({ env, folder, port, fleeting }) {
  const found = await findMongodb({ env });
  if (found.running) return { name: 'MongoDB', uri: found.running };
  const data = join(folder, found.executable ? 'mongod' : 'secantusdb');
  const other = join(folder, found.executable ? 'secantusdb' : 'mongod');
  if (existsSync(other)) say(`MongoDB: the data of another server in ${other} are not used`);
  mkdirSync(data, { recursive: true });
  const ours = port ?? (await freePort());
  const details = { ...found, data, port: ours, env, folder };
  const server = startServer({
    ...(found.executable ? mongodCommand(details) : secantusCommand(details)),
    log: join(folder, 'mongodb.log'),
    stopSignal: fleeting ? 'SIGKILL' : 'SIGTERM',
  });
  await untilReady({ what: 'MongoDB', server, answers: () => mongodbAnswers(ours) });
  // Data that nobody keeps need not wait for the disk.
  const journal = fleeting ? '&journal=false' : '';
  return { ...server, name: 'MongoDB', uri: `mongodb://127.0.0.1:${ours}/?directConnection=true${journal}` };
}
