import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { Explained } from './say.mjs';

/** The programs, and every shipped plugin: a configuration may name any of them. */
const PROGRAMS = ['sandbox', 'api', 'worker', 'cli', 'plugins'].map((name) => `packages/${name}`);
const BUNDLE = join(root, 'packages/worker/dist/bundle.js');

async function step({ title, command, args }) {
  const { code, output } = await runQuietly({ title, command, args, cwd: root });
  if (code !== 0) throw new Explained(`${output}\nFailed: ${title} (see above).`);
}

/** Compiles what changed and writes the workflow bundle that the worker loads. */
export async function build() {
  await step({ title: 'compiling', command: join(root, 'node_modules/.bin/tsc'), args: ['-b', ...PROGRAMS] });
  if (!existsSync(BUNDLE)) return;
  await step({ title: 'bundling the workflows', command: process.execPath, args: [BUNDLE] });
}
