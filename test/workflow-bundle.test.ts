import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { testWorkflowBundle } from './setup/workflow-bundle.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Our rooms that replay alike for ever: nothing in them reaches outside. */
const OURS = [
  /^packages\/engine\/src\/(?:domain|messages|workflows)\/[\w-]+\.c?[jt]s$/,
  /^packages\/plugins\/sdk\/src\/[\w-]+\.ts$/,
];
/** Temporal's own, and what its workflow library brings along. */
const THEIRS = ['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc'];

/** Every module in the bundle, by its path in the checkout or its package. */
function modules(): readonly string[] {
  const code = readFileSync(testWorkflowBundle().codePath, 'utf8');
  const map = /sourceMappingURL=data:application\/json;[^,]*base64,([A-Za-z0-9+/=]+)\s*$/.exec(code)?.[1];
  const { sources } = JSON.parse(Buffer.from(map ?? '', 'base64').toString()) as { readonly sources: string[] };
  return sources.filter((source) => !/^webpack\/|^ignored\|/.test(source)).map(shortName);
}

function shortName(source: string): string {
  const path = source.replace(ROOT, '');
  const inPackage = path.split('node_modules/').at(-1) ?? '';
  return path === inPackage ? path : (/^(?:@[^/]+\/)?[^/]+/.exec(inPackage)?.[0] ?? path);
}

it('holds the workflow and its rules, and nothing that could answer otherwise at a replay', () => {
  const found = new Set(modules());
  const isAllowed = (name: string): boolean => THEIRS.includes(name) || OURS.some((room) => room.test(name));
  expect([...found].filter((name) => !isAllowed(name))).toEqual([]);
  expect(found).toContain('packages/engine/src/workflows/purchase.ts');
  expect(found).toContain('packages/engine/src/domain/purchase-state.ts');
});
