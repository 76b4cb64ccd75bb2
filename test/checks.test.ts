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

describe('api', () => {
  const sdk = (files: Readonly<Record<string, string>>): void =>
    tree.write(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`packages/plugins/sdk/src/${name}`, text])),
    );
  const DOCUMENTED =
    '/** Who goes. */\nexport interface Goer {\n  /** How far, in meters. */\n  readonly far: number;\n}\n';

  beforeAll(() => {
    const empty = '/** Nothing yet. */\nexport const nothing = 0;\n';
    const doors = ['http', 'json-schema', 'schemas', 'testing', 'zod'].map((name) => [`${name}/index.ts`, empty]);
    sdk({ 'index.ts': DOCUMENTED, ...Object.fromEntries(doors) });
    tree.check('api', ['--write']);
  });

  it('passes while the report says what is there', () => {
    expect(tree.check('api')).toEqual({ code: 0, output: '' });
  });

  it('reports a public surface that is not the one of the report', () => {
    sdk({ 'index.ts': DOCUMENTED.replace('number', 'string') });
    const { code, output } = tree.check('api');
    expect(output).toBe('plugin-sdk: the public surface is not what api/plugin-sdk.api.md says\n');
    expect(code).toBe(1);
  });

  it('reports exports and members that say nothing, also while it writes reports', () => {
    sdk({ 'index.ts': 'export interface Goer {\n  readonly far: number;\n}\n' });
    const { code, output } = tree.check('api', ['--write']);
    expect(output).toContain('packages/plugins/sdk/src/index.ts:1: Missing documentation for "Goer"');
    expect(output).toContain('packages/plugins/sdk/src/index.ts:2: Missing documentation for "far"');
    expect(code).toBe(1);
  });

  it('reports a type that authors meet and cannot import', () => {
    const hidden = DOCUMENTED.replace('export ', '');
    sdk({ 'index.ts': `${hidden}/** Goes. */\nexport const go = (goer: Goer): number => goer.far;\n` });
    expect(tree.check('api', ['--write']).output).toContain('The symbol "Goer" needs to be exported');
  });
});

describe('packages', () => {
  const folder = 'packages/plugins/tax-table';
  let manifest: object;
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } };
  const checked = (change: object): ReturnType<Tree['check']> => {
    tree.write({ [`${folder}/package.json`]: JSON.stringify({ ...manifest, ...change }) });
    return tree.check('packages', [folder]);
  };

  beforeAll(() => {
    const source = '/** Nothing yet. */\nexport const nothing = 0;\n';
    tree.write({ 'packages/plugins/sdk/src/index.ts': source, [`${folder}/src/index.ts`]: source });
    manifest = JSON.parse(tree.read(`${folder}/package.json`));
  });

  it('passes a tarball that has what it exports', () => {
    expect(checked({ publishConfig: { exports } })).toEqual({
      code: 0,
      output: '1 of 1 packages packed, 0 problems\n',
    });
  });

  it('reports exports of files that are not in the tarball, and conditions that only the repository has', () => {
    const sourced = { '.': { '@payonce/source': './src/index.ts', ...exports['.'] } };
    const { code, output } = checked({ publishConfig: { exports: { ...sourced, './more': './dist/more.js' } } });
    expect(output).toContain('exports sources under @payonce/source');
    expect(output).toContain('./dist/more.js but the file does not exist');
    expect(code).toBe(1);
  });

  it('reports a package without its types', () => {
    const { code, output } = checked({ publishConfig: { exports }, files: ['dist/index.js'] });
    expect(output).toContain('@payonce/tax-table: has no types');
    expect(code).toBe(1);
  });
});
