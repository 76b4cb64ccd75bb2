import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowedImports, forbiddenImports, importing, rooms } from './planted/imports.js';
import type { Tree } from './planted/tree.js';
import { plantTree } from './planted/tree.js';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

let tree: Tree;
let violations: readonly Violation[];

beforeAll(() => {
  tree = plantTree();
  tree.write(rooms);
  for (const { file, imports } of forbiddenImports) tree.write({ [file]: importing([imports]) });
  for (const [file, imports] of Object.entries(allowedImports)) tree.write({ [file]: importing(imports) });
  tree.write({
    'packages/engine/src/ports/types.ts':
      "import type { door } from '@payonce/plugin-sdk';\nexport type Door = typeof door;\n",
  });
  const { output } = tree.run('depcruise', ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', '.']);
  ({ violations } = (JSON.parse(output) as { summary: { violations: readonly Violation[] } }).summary);
});

afterAll(() => tree.remove());

const rulesBrokenBy = (file: string): string[] =>
  violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

describe('the import rules', () => {
  it.each(forbiddenImports)('$rule: $file may not import $imports', ({ rule, file }) => {
    expect(rulesBrokenBy(file)).toContain(rule);
  });

  it.each(Object.keys(allowedImports))('let %s import what its row allows', (file) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });

  it('let ports import the types of the plugin contract', () => {
    expect(rulesBrokenBy('packages/engine/src/ports/types.ts')).toEqual([]);
  });
});
