import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that can end up in the bundle; the lockfile stands for the libraries. */
const SOURCES = ['packages/engine/src', 'packages/plugins/sdk/src'];

function fingerprint({ rootDir }) {
  const hash = createHash('sha256').update(readFileSync(join(rootDir, 'pnpm-lock.yaml')));
  for (const folder of SOURCES) {
    const files = readdirSync(join(rootDir, folder), { recursive: true }).toSorted((a, b) => (a < b ? -1 : 1));
    for (const path of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
      hash.update(path).update(readFileSync(join(rootDir, folder, path)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function build(workflowsPath) {
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const fromSource = (config) => ({
    ...config,
    resolve: { ...config.resolve, conditionNames: ['@payonce/source', '...'] },
  });
  const { code } = await bundleWorkflowCode({ workflowsPath, webpackConfigHook: fromSource });
  return code;
}

/** The path of the workflow code as the worker loads it, built from the sources when they changed since the last run. */
export async function workflowBundle({ rootDir }) {
  const entry = join(rootDir, 'packages/engine/src/workflows/index.ts');
  if (!existsSync(entry)) return undefined;
  const folder = join(rootDir, 'node_modules', '.cache', 'payonce');
  const path = join(folder, `workflow-bundle-${fingerprint({ rootDir })}.js`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, await build(entry));
  renameSync(temporary, path);
  return path;
}
