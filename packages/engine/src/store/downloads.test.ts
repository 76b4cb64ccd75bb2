import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openStores, together } from '../../../../test/store/open-stores.js';
import type { OpenStores } from '../../../../test/store/open-stores.js';

let open: OpenStores;

beforeAll(async () => {
  open = await openStores('downloads');
});
afterAll(() => open.close());

const count = (link: string, { grant = 'entg_1' as const, file = 'f1', limit = 3 } = {}) =>
  open.stores.downloads.count({ grant, file, link, limit });

it('counts each link once, and no more links than the limit', async () => {
  const links = ['1', '1', '2', '1', '3', '4', '2'];
  const counted: boolean[] = [];
  for (const link of links) counted.push(await count(link));
  expect(counted).toEqual([true, true, true, true, true, false, true]);
});

it('lets exactly as many links in as the limit says when many are opened at once', async () => {
  const all = await together(30, (at) => count(`link ${at % 15}`, { file: 'f2' }));
  const opened = new Set(all.flatMap((let_in, at) => (let_in ? [at % 15] : [])));
  expect(opened.size).toBe(3);
  expect(all.filter(Boolean)).toHaveLength(6);
});

it('counts every file and grant on its own', async () => {
  expect(await count('1', { file: 'f3', limit: 1 })).toBe(true);
  expect(await count('2', { file: 'f3', limit: 1 })).toBe(false);
  expect(await count('2', { file: 'f4', limit: 1 })).toBe(true);
});
