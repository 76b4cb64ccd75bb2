import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FileStore } from '../ports/outside.js';
import { createDiskFileStore } from './file-store.js';

let root: string;
let store: FileStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'payonce-files-'));
  store = await createDiskFileStore({ root: join(root, 'files') });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const MAX = 10_000_000;

async function* chunked(bytes: Uint8Array, size = 50_000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const put = (key: string, bytes: Uint8Array, maxBytes = MAX): ReturnType<FileStore['put']> =>
  store.put({ key, bytes: chunked(bytes), maxBytes });
const read = async (key: string, start: number, end: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.read({ key, start, end })) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const everything = async (): Promise<string[]> =>
  (await readdir(join(root, 'files'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('a stored file', () => {
  const bytes = randomBytes(300_001);

  it('comes back as it went in, with its size and its SHA-256', async () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await expect(put('file_1', bytes)).resolves.toEqual({ size: bytes.length, sha256 });
    await expect(store.size('file_1')).resolves.toBe(bytes.length);
    expect((await read('file_1', 0, bytes.length - 1)).equals(bytes)).toBe(true);
  });

  it('is read in spans with both ends included', async () => {
    await put('file_1', bytes);
    for (const [start, end] of [
      [0, 0],
      [1, 1],
      [65_535, 65_536],
      [0, 65_535],
      [100, 200_000],
      [300_000, 300_000],
    ] as const) {
      expect((await read('file_1', start, end)).equals(bytes.subarray(start, end + 1))).toBe(true);
    }
  });

  it('may be empty', async () => {
    await expect(put('empty', Buffer.alloc(0))).resolves.toMatchObject({ size: 0 });
    await expect(store.size('empty')).resolves.toBe(0);
  });

  it('is replaced in one step when it is put again', async () => {
    await put('file_1', Buffer.from('before'));
    await put('file_1', Buffer.from('after'));
    expect((await read('file_1', 0, 4)).toString()).toBe('after');
  });

  it('is gone after its removal, which may be repeated', async () => {
    await put('file_1', bytes);
    await store.remove('file_1');
    await store.remove('file_1');
    await expect(store.size('file_1')).resolves.toBeUndefined();
    await expect(read('file_1', 0, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is readable by its owner alone', async () => {
    await put('file_1', bytes);
    const { mode } = await lstat(join(root, 'files', 'objects', 'file_1'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('breaks the transfer when it is shorter than it should be', async () => {
    await put('file_1', bytes);
    await truncate(join(root, 'files', 'objects', 'file_1'), 1000);
    await expect(read('file_1', 0, bytes.length - 1)).rejects.toThrow('ends at byte 1000');
  });

  it('lets its reader leave early, again and again, without keeping it open', async () => {
    await put('file_1', bytes);
    for (let round = 0; round < 1000; round += 1) {
      for await (const chunk of store.read({ key: 'file_1', start: 0, end: 299_999 })) if (chunk.length > 0) break;
    }
    const openNow = await readdir('/proc/self/fd').catch(() => []);
    expect(openNow.length).toBeLessThan(500);
  });
});

describe('an upload', () => {
  it('of one byte too many is refused and leaves nothing', async () => {
    await expect(put('file_1', randomBytes(100_001), 100_000)).rejects.toMatchObject({
      name: 'DomainError',
      code: 'PAYLOAD_TOO_LARGE',
    });
    await expect(put('file_2', randomBytes(100_000), 100_000)).resolves.toMatchObject({ size: 100_000 });
    expect(await everything()).toEqual(['file_2']);
  });

  it('without end stops at the cap and lets its source know', async () => {
    let released = false;
    async function* endless(): AsyncIterable<Uint8Array> {
      try {
        while (true) yield Buffer.alloc(65_536);
      } finally {
        released = true;
      }
    }
    await expect(store.put({ key: 'file_1', bytes: endless(), maxBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
    expect(released).toBe(true);
  });

  it('that breaks off leaves nothing, and what was there before stays', async () => {
    await put('file_1', Buffer.from('before'));
    async function* broken(): AsyncIterable<Uint8Array> {
      yield randomBytes(100_000);
      throw new Error('the client hung up');
    }
    await expect(store.put({ key: 'file_1', bytes: broken(), maxBytes: MAX })).rejects.toThrow('hung up');
    expect(await everything()).toEqual(['file_1']);
    expect((await read('file_1', 0, 5)).toString()).toBe('before');
  });

  it('shows nothing under its key before it is complete', async () => {
    let seen: number | undefined = -1;
    async function* watched(): AsyncIterable<Uint8Array> {
      yield randomBytes(100_000);
      seen = await store.size('file_1');
      yield randomBytes(100_000);
    }
    await store.put({ key: 'file_1', bytes: watched(), maxBytes: MAX });
    expect(seen).toBeUndefined();
    await expect(store.size('file_1')).resolves.toBe(200_000);
  });

  it('of the same key by many at once ends as one of them, whole', async () => {
    const bodies = Array.from({ length: 8 }, (_, index) => Buffer.alloc(200_000, index));
    await Promise.all(bodies.map((body) => put('file_1', body)));
    const stored = await read('file_1', 0, 199_999);
    expect(bodies.filter((body) => body.equals(stored))).toHaveLength(1);
    expect(await everything()).toEqual(['file_1']);
  });
});

describe('a start', () => {
  it('removes what dead uploads left behind, and nothing that is still being written', async () => {
    const incoming = join(root, 'files', 'incoming');
    for (const name of ['dead', 'alive']) await writeFile(join(incoming, name), 'part');
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await utimes(join(incoming, 'dead'), longAgo, longAgo);
    await put('file_1', Buffer.from('whole'));
    await createDiskFileStore({ root: join(root, 'files') });
    expect((await everything()).sort()).toEqual(['alive', 'file_1']);
  });
});

describe('a key', () => {
  const FORMS =
    '. .. ../secret ../../secret a/../../secret ..\\secret %2e%2e%2fsecret ..%2fsecret ..%c0%afsecret ....//secret /etc/passwd';
  const MORE =
    '\\\\host\\share C:\\secret file:///etc/passwd ~/secret é a.b .hidden objects/a \u2025/secret \uff0e\uff0e/secret $HOME `id`';
  const CORPUS = [
    ...FORMS.split(' '),
    ...MORE.split(' '),
    '',
    'a b',
    'a\n',
    '\na',
    'a\0',
    'secret\0.png',
    'a'.repeat(101),
  ];

  it.each(CORPUS)('of another form than ours names no file: %j', async (key) => {
    await writeFile(join(root, 'secret'), 'secret');
    await expect(store.size(key)).resolves.toBeUndefined();
    await expect(read(key, 0, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.remove(key);
    await expect(readFile(join(root, 'secret'), 'utf8')).resolves.toBe('secret');
    expect(await everything()).toEqual([]);
  });

  it('leads to no link and no folder, even one that lies in its place', async () => {
    await writeFile(join(root, 'secret'), 'secret');
    await symlink(join(root, 'secret'), join(root, 'files', 'objects', 'link'));
    await mkdir(join(root, 'files', 'objects', 'folder'));
    for (const key of ['link', 'folder']) await expect(store.size(key)).resolves.toBeUndefined();
    await expect(read('link', 0, 5)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await put('link', Buffer.from('mine'));
    await expect(readFile(join(root, 'secret'), 'utf8')).resolves.toBe('secret');
    expect((await read('link', 0, 3)).toString()).toBe('mine');
  });
});
