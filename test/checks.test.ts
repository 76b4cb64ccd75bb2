import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lintCleared, lintViolations } from './planted/lint.js';
import type { Tree } from './planted/tree.js';
import { plantTree } from './planted/tree.js';

let tree: Tree;

beforeAll(() => {
  tree = plantTree();
});

afterAll(() => tree.remove());

describe('lint', () => {
  let found: readonly { readonly code: string; readonly filename: string }[];

  beforeAll(() => {
    tree.write(lintCleared);
    for (const { file, text } of lintViolations) tree.write({ [file]: text });
    const { output } = tree.run('oxlint', ['--type-aware', '--format', 'json']);
    found = (JSON.parse(output) as { diagnostics: typeof found }).diagnostics;
  });

  const rulesBrokenBy = (file: string): string[] =>
    found.filter(({ filename }) => filename === file).map(({ code }) => code);

  it.each(lintViolations)('$rule reports $file', ({ rule, file }) => {
    expect(rulesBrokenBy(file)).toContain(rule);
  });

  it.each(Object.keys(lintCleared))('leaves %s alone', (file) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });
});

describe('types', () => {
  it('are checked in sources and in tests', () => {
    const wrong = "export const go: number = 'a word';\n";
    tree.write({ 'packages/sandbox/src/index.ts': wrong, 'packages/sandbox/src/wrong.test.ts': wrong });
    const source = tree.run('tsc', ['-b', 'packages/sandbox']);
    const test = tree.run('tsc', ['--noEmit', '-p', 'tsconfig.test.json']);
    expect(source.output).toContain('packages/sandbox/src/index.ts(1,14): error TS2322');
    expect(test.output).toContain('packages/sandbox/src/wrong.test.ts(1,14): error TS2322');
    expect([source.code, test.code]).not.toContain(0);
  });
});

describe('format', () => {
  it('reports a file that is not formatted', () => {
    tree.write({ 'packages/api/src/loose.ts': 'export const  go = "on"\n' });
    const { code, output } = tree.run('oxfmt', ['--check', 'packages/api/src']);
    expect(output).toContain('packages/api/src/loose.ts');
    expect(code).toBe(1);
  });
});

describe('unused', () => {
  it('reports files, exports and dependencies that nobody uses, and dependencies that nobody declared', () => {
    tree.write({
      'packages/api/src/index.ts':
        "import { used } from './halves.js';\nimport 'undici';\n\nexport const door = used;\n",
      'packages/api/src/halves.ts': "export const used = 'on';\nexport const unused = 'off';\n",
      'packages/api/src/forgotten.ts': "export const go = 'on';\n",
    });
    const { output } = tree.run('knip', ['--no-progress', '--reporter', 'compact']);
    expect(output).toMatch(/packages\/api\/src\/forgotten\.ts/);
    expect(output).toMatch(/packages\/api\/src\/halves\.ts: unused/);
    expect(output).toMatch(/packages\/api\/package\.json:.*express/);
    expect(output).toMatch(/packages\/api\/.*undici/);
  });
});
