import { join } from 'node:path';
import { onPath } from '../lib/paths.mjs';
import { runQuietly } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { cached, fillCache } from './cache.mjs';
import { versions } from './versions.mjs';

const PROGRAM = 'stripe-mock';
const MODULE = 'github.com/stripe/stripe-mock';
const LONGEST = 240_000;

/**
 * Finds Stripe's own mock of its API, which checks requests against its published description, or builds it with the Go that is there. Resolves to its path; undefined, with
 * a sentence, when it cannot be had: then the tests that need it are skipped.
 */
export async function findStripeMock({ env }) {
  const title = `${PROGRAM} ${versions.stripeMock}`;
  const name = `${PROGRAM}-${versions.stripeMock}`;
  const known = cached({ env, name });
  if (known) return join(known, PROGRAM);
  const go = onPath({ name: 'go', env });
  if (!go) return without('no go on the PATH to build it with');
  const fill = (folder) => build({ go, folder, env, title });
  const { folder, problem } = await fillCache({ env, name, fill });
  return problem ? without(problem) : join(folder, PROGRAM);
}

/** Into the folder and nowhere else; answers a problem, or undefined. */
async function build({ go, folder, env, title }) {
  const own = { ...env, GOBIN: folder, GOTOOLCHAIN: 'local' };
  const args = ['install', `${MODULE}@v${versions.stripeMock}`];
  const giveUp = ({ elapsed }) => (elapsed > LONGEST ? 'it took too long' : undefined);
  const { code, output } = await runQuietly({ title: `building ${title}`, command: go, args, env: own, giveUp });
  return code === 0 ? undefined : `go could not build it: ${output.trim().split('\n').at(-1)}`;
}

function without(why) {
  say(`stripe-mock: ${why}. The tests that check requests to Stripe against it are skipped.`);
}
