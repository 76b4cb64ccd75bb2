import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { Explained, say, seconds } from './say.mjs';

const PNPM = 'pnpm@10.34.9';
const OLDEST_NODE = [20, 19];
const STAMP = join(root, 'node_modules', '.payonce-installed');

function checkMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldest, minorOfOldest] = OLDEST_NODE;
  if (major < oldest || (major === oldest && minor < minorOfOldest)) {
    throw new Explained(`payonce needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  }
  if (process.platform === 'win32') {
    throw new Explained('payonce runs on Linux and macOS. On Windows use WSL.');
  }
}

function manifests() {
  const folders = ['packages', 'packages/plugins', 'examples'].filter((folder) => existsSync(join(root, folder)));
  const inFolder = (folder) => readdirSync(join(root, folder)).map((name) => join(folder, name, 'package.json'));
  return ['package.json', ...folders.flatMap(inFolder)].filter((path) => existsSync(join(root, path))).sort();
}

/** Changes whenever an install would do something else than the last one did. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}`);
  for (const path of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests()]) {
    hash.update(path).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

function isInstalled() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

/** Checks Node and installs the dependencies that the lockfile names, unless that was done already. */
export async function bootstrap() {
  checkMachine();
  if (isInstalled()) return;
  say('Installing dependencies');
  const { code, output, milliseconds } = await runQuietly({
    title: 'installing dependencies',
    command: 'npm',
    args: ['exec', '--yes', PNPM, '--', 'install', '--frozen-lockfile'],
    cwd: root,
    env: { ...process.env, CI: 'true', npm_config_loglevel: 'warn' },
  });
  if (code !== 0) throw new Explained(`${output}\nInstalling the dependencies failed (see above).`);
  writeFileSync(STAMP, fingerprint());
  say(`Installed dependencies in ${seconds(milliseconds)}`);
}
