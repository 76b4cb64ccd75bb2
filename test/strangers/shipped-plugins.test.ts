import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const shipped = readdirSync(join(ROOT, 'packages/plugins')).filter((name) => name !== 'sdk' && name !== 'bundled');

it.each(shipped)('%s passes the conformance kit, describes itself, and stands in the README', (name) => {
  const folder = `packages/plugins/${name}`;
  const missing = ['src/conformance.test.ts', 'README.md'].filter((path) => !existsSync(join(ROOT, folder, path)));
  expect(missing).toEqual([]);
  expect(README).toContain(`| [${name}](${folder}/README.md) |`);
});
