import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isExecutable } from '../lib/paths.mjs';
import { runQuietly } from '../lib/run.mjs';
import { cached, fillCache } from './cache.mjs';
import { trial } from './trial.mjs';

const PATIENCE = 2_500;
const STALLED = 20_000;
const LONGEST = 600_000;

/** Why a host cannot be asked, or undefined when it can. Costs at most 2.5 s. */
async function unreachable({ host, env }) {
  if (env.PAYONCE_SKIP_DOWNLOADS) return 'PAYONCE_SKIP_DOWNLOADS is set';
  try {
    await fetch(`https://${host}/`, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    return undefined;
  } catch (error) {
    return `${host} cannot be reached: ${error.cause?.code ?? error.name}`;
  }
}

const sizeOf = (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true }).reduce((sum, path) => sum + sizeOf(join(folder, path)), 0);
}

/** Ends a download that brings nothing for a while: the libraries would retry for minutes. */
function watch(folder) {
  let size = -1;
  let since = 0;
  return ({ elapsed }) => {
    const now = bytesIn(folder);
    if (now !== size) [size, since] = [now, elapsed];
    if (elapsed - since >= STALLED) return 'the download stalled';
    return elapsed >= LONGEST ? 'the download took too long' : undefined;
  };
}

/** The program in a folder that a download filled. */
function programIn({ folder, program }) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.split('/').at(-1).startsWith(program))
    .map((path) => join(folder, path))
    .find(isExecutable);
}

async function runFetch({ script, args, folder, title, program, proof, env }) {
  const path = fileURLToPath(new URL(`../fetch/${script}`, import.meta.url));
  const { code, output } = await runQuietly({
    title: `downloading ${title}`,
    command: process.execPath,
    args: [path, folder, ...args],
    env,
    giveUp: watch(folder),
  });
  if (code !== 0) return output.trim().split('\n').at(-1);
  const command = programIn({ folder, program });
  if (!command) return 'the download holds no program';
  return proof && trial({ command, args: proof, env });
}

/**
 * Two candidates for `choose`: what the vendor's own library downloaded into our cache before, and what it downloads now.
 * `proof` are arguments with which the program says its version.
 */
export function fromDownload({ env, name, title, host, script, args, program, proof }) {
  const found = (folder) => ({ executable: programIn({ folder, program }) });
  const fill = (folder) => runFetch({ script, args, folder, title, program, proof, env });
  return {
    async cached() {
      const folder = cached({ env, name });
      return folder ? { found: found(folder), as: `${title}, cached` } : {};
    },
    async fetched() {
      const blocked = await unreachable({ host, env });
      if (blocked) return { missing: blocked };
      const { folder, problem } = await fillCache({ env, name, fill });
      return problem ? { missing: `${host}: ${problem}` } : { found: found(folder), as: `${title}, downloaded` };
    },
  };
}
