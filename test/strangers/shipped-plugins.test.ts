import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const shipped = readdirSync(join(ROOT, 'packages/plugins'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'sdk' && entry.name !== 'bundled')
  .map(({ name }) => name);

it.each(shipped)('%s passes the conformance kit, describes itself, and stands in the README', (name) => {
  const folder = `packages/plugins/${name}`;
  const missing = ['src/conformance.test.ts', 'README.md'].filter((path) => !existsSync(join(ROOT, folder, path)));
  expect(missing).toEqual([]);
  expect(README).toContain(`| [${name}](${folder}/README.md) |`);
});

/** Who loads a configuration, and what lies beside it: the checkout, and each image. */
it.each(['.', 'packages/api', 'packages/worker', 'packages/cli'])(
  'a configuration beside %s can import each',
  (place) => {
    const manifest: Record<'dependencies' | 'devDependencies', Record<string, string> | undefined> = JSON.parse(
      readFileSync(join(ROOT, place, 'package.json'), 'utf8'),
    );
    const there = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(shipped.filter((name) => there[`@payonce/${name}`] === undefined)).toEqual([]);
  },
);

it('each is compiled with the programs, so that a configuration can name it', () => {
  const { references }: { references: { path: string }[] } = JSON.parse(
    readFileSync(join(ROOT, 'packages/plugins/tsconfig.json'), 'utf8'),
  );
  expect(references.map(({ path }) => path)).toEqual(expect.arrayContaining(shipped.map((name) => `./${name}`)));
});
