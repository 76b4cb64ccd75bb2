import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What was written by hand below a folder. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !['node_modules', 'dist', 'tmp'].includes(name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));

const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '');

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Links of a page that lead nowhere in this repository. */
function deadLinks(file: string): readonly string[] {
  const links = [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
  });
}

describe('links', () => {
  it.each(filesBelow('.').filter((file) => file.endsWith('.md')))('of %s lead somewhere', (file) => {
    expect(deadLinks(file)).toEqual([]);
  });
});

describe('docs/api.md', () => {
  const described = read('docs/api.md').replaceAll(/\{\w+\}/g, '{}');
  const routes = filesBelow('packages/api/src')
    .filter((file) => /\/routes\/.*\.ts$|\/(router|health)\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .flatMap((file) => [...read(file).matchAll(/(?:path: |router\.\w+\()'(\/[^']+)'/g)].map(([, path = '']) => path));
  /** What pages and stages of a checkout link to by themselves. */
  const ofPages = /^\/session\/:id\/./;

  it.each([...new Set(routes)].filter((path) => !ofPages.test(path)))('names %s', (path) => {
    const name = path.replaceAll(/:\w+/g, '{}');
    expect(described).toMatch(new RegExp(`[ \`]${name.replaceAll(/[{}.]/g, '\\$&')}\``));
  });
});

it('lists every decision in docs/architecture.md, by its number', () => {
  const listed = [...read('docs/architecture.md').matchAll(/\[(\d{4})\]\(decisions\/(\d{4})/g)].map(
    (match) => match[1],
  );
  const there = readdirSync(join(root, 'docs/decisions')).map((file) => file.slice(0, 4));
  expect(listed).toEqual(there.toSorted());
});
