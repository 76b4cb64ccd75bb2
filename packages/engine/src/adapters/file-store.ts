import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nanoid } from 'nanoid';
import { DomainError } from '../domain/domain-error.js';
import type { Clock, FileStore } from '../ports/outside.js';
import { systemClock } from './clock.js';

const KEY = /^[A-Za-z0-9_-]{1,100}$/;
const SPAN_BYTES = 64 * 1024;
/** Older than any upload takes between two writes: what is left of a process that died. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Where files lie: finished ones by key, and unfinished ones apart, on the same file system so that a rename is one step. */
interface Folders {
  readonly objects: string;
  readonly incoming: string;
}

/**
 * Files below one folder. A key is never a path: whatever has another form than the keys that we mint names no file. Several processes may share the folder.
 * At start it removes what uploads left behind that died more than an hour ago.
 *
 * Unknown keys: `size` answers undefined, `read` rejects with a DomainError NOT_FOUND, `remove` does nothing.
 */
export async function createDiskFileStore({
  root,
  clock = systemClock,
}: {
  readonly root: string;
  readonly clock?: Clock;
}): Promise<FileStore> {
  const folders: Folders = { objects: join(resolve(root), 'objects'), incoming: join(resolve(root), 'incoming') };
  await mkdir(folders.objects, { recursive: true, mode: 0o700 });
  await mkdir(folders.incoming, { recursive: true, mode: 0o700 });
  await reapAbandoned({ folder: folders.incoming, before: clock.now().getTime() - ABANDONED_AFTER_MS });
  return {
    put: ({ key, bytes, maxBytes }) => putFile({ folders, key, bytes, maxBytes }),
    size: async (key) => (KEY.test(key) ? sizeOf(join(folders.objects, key)) : undefined),
    read: (request) => readSpan({ folders, ...request }),
    remove: async (key) => (KEY.test(key) ? rm(join(folders.objects, key), { force: true }) : undefined),
  };
}

function pathOf({ folders, key }: { readonly folders: Folders; readonly key: string }): string {
  if (!KEY.test(key)) throw notFound();
  return join(folders.objects, key);
}

const notFound = (cause?: unknown): DomainError =>
  new DomainError('NOT_FOUND', 'There is no file under this key.', { cause });

interface NewFile {
  readonly folders: Folders;
  readonly key: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly maxBytes: number;
}

/** Writes aside, flushes to the disk, then renames: at no moment is a part of a file visible under its key, not even after a power cut. */
async function putFile({
  folders,
  key,
  bytes,
  maxBytes,
}: NewFile): Promise<{ readonly size: number; readonly sha256: string }> {
  const target = pathOf({ folders, key });
  const draft = join(folders.incoming, `${key}.${nanoid()}`);
  try {
    const written = await writeDraft({ draft, bytes, maxBytes });
    await rename(draft, target);
    await syncFolder(folders.objects);
    return written;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDraft({
  draft,
  bytes,
  maxBytes,
}: { readonly draft: string } & Pick<NewFile, 'bytes' | 'maxBytes'>): Promise<{ size: number; sha256: string }> {
  const file = await open(draft, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > maxBytes) throw new DomainError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Makes a rename last: the folder's own entry is data as well. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A link is not a file of ours, wherever it leads. */
async function sizeOf(path: string): Promise<number | undefined> {
  const stats = await lstat(path).catch(ignoreMissing);
  return stats?.isFile() === true ? stats.size : undefined;
}

/** Fails when the file ends before the span does: a receiver who was promised a length must see a broken transfer, not a shorter file. */
async function* readSpan({
  folders,
  key,
  start,
  end,
}: { readonly folders: Folders } & Parameters<FileStore['read']>[0]): AsyncIterable<Uint8Array> {
  const file = await openOwn(pathOf({ folders, key }));
  try {
    for (let position = start; position <= end;) {
      const { bytesRead, buffer } = await file.read({
        buffer: Buffer.allocUnsafe(Math.min(SPAN_BYTES, end - position + 1)),
        position,
      });
      if (bytesRead === 0)
        throw new Error(`The stored file ends at byte ${position}, before the end of the span at ${end}.`);
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const openOwn = (path: string): Promise<FileHandle> =>
  open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) =>
    Promise.reject(isMissing(error) ? notFound(error) : error),
  );

async function reapAbandoned({ folder, before }: { readonly folder: string; readonly before: number }): Promise<void> {
  for (const name of await readdir(folder)) {
    const stats = await lstat(join(folder, name)).catch(ignoreMissing);
    if (stats !== undefined && stats.mtimeMs < before) await rm(join(folder, name), { force: true });
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

/** Not there, or a link in its place. */
const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');
