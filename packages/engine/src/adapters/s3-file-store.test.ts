import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { goProgram } from '../../../../test/setup/go-program.js';
import type { FileStore } from '../ports/outside.js';
import { createS3FileStore } from './s3-file-store.js';

const SERVER = { module: 'github.com/johannesboyne/gofakes3/cmd/gofakes3', version: 'v1.2.0' };
const MAX = 100_000_000;
const program = await goProgram(SERVER);
const withServer = program === undefined ? describe.skip : describe;
if (program === undefined)
  console.warn('Left out: tests of the S3 file store need Go to build a server that speaks S3.');

let server: ChildProcess | undefined;
let endpoint: string;
let admin: S3Client;
let store: FileStore;
let bucket = 0;

beforeAll(async () => {
  if (program === undefined) return;
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  server = spawn(program, ['-backend', 'memory', '-host', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  admin = new S3Client({ endpoint, region: 'eu-central-1', forcePathStyle: true, credentials, maxAttempts: 20 });
}, 300_000);

afterAll(() => {
  server?.kill('SIGKILL');
  admin?.destroy();
});

beforeEach(async () => {
  if (program === undefined) return;
  const name = `files-${(bucket += 1)}`;
  await admin.send(new CreateBucketCommand({ Bucket: name }));
  store = await open({ name });
});

const open = (own: object): Promise<FileStore> =>
  createS3FileStore({
    name: `files-${bucket}`,
    prefix: 'shop/',
    region: 'eu-central-1',
    endpoint,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    ...own,
  });

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

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
const everything = async (): Promise<readonly (string | undefined)[]> =>
  ((await admin.send(new ListObjectsV2Command({ Bucket: `files-${bucket}` }))).Contents ?? []).map(({ Key }) => Key);

withServer('a file in a bucket', () => {
  it.each([0, 1, 300_001, 20_000_000])('of %i bytes comes back as it went in, under its prefix', async (length) => {
    const bytes = randomBytes(length);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await expect(put('file_1', bytes)).resolves.toEqual({ size: length, sha256 });
    await expect(store.size('file_1')).resolves.toBe(length);
    expect((await read('file_1', 0, length - 1)).equals(bytes)).toBe(true);
    expect(await everything()).toEqual(['shop/file_1']);
  });

  it('is read in spans with both ends included', async () => {
    const bytes = randomBytes(9_000_000);
    await put('file_1', bytes);
    for (const [start, end] of [
      [0, 0],
      [8_388_607, 8_388_608],
      [100, 200_000],
      [8_999_999, 8_999_999],
    ] as const)
      expect((await read('file_1', start, end)).equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  it('is gone after its removal, which may be repeated', async () => {
    await put('file_1', randomBytes(10));
    await store.remove('file_1');
    await store.remove('file_1');
    await expect(store.size('file_1')).resolves.toBeUndefined();
    await expect(read('file_1', 0, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that is too large, or whose upload breaks off, is not there, and what was there before stays', async () => {
    await put('file_1', Buffer.from('before'));
    const tooLarge = put('file_1', randomBytes(9_000_001), 9_000_000);
    await expect(tooLarge).rejects.toMatchObject({ name: 'DomainError', code: 'PAYLOAD_TOO_LARGE' });
    async function* broken(): AsyncIterable<Uint8Array> {
      yield randomBytes(9_000_000);
      throw new Error('the client hung up');
    }
    await expect(store.put({ key: 'file_1', bytes: broken(), maxBytes: MAX })).rejects.toThrow('hung up');
    expect((await read('file_1', 0, 5)).toString()).toBe('before');
    expect(await everything()).toEqual(['shop/file_1']);
  });

  it('breaks the transfer when it is shorter than it should be', async () => {
    await put('file_1', randomBytes(1000));
    await expect(read('file_1', 0, 1999)).rejects.toThrow('ends at byte 1000');
  });

  it.each(['../secret', 'a/b', '', 'a b', 'a'.repeat(101)])('is not named by %j', async (key) => {
    await expect(put(key, randomBytes(1))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.size(key)).resolves.toBeUndefined();
    await expect(read(key, 0, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.remove(key);
  });

  it('cannot be kept, and says so without the secret, when the bucket is not there', async () => {
    store = await open({ name: 'elsewhere' });
    await expect(put('file_1', randomBytes(1))).rejects.toThrow(/bucket/i);
    await expect(put('file_1', randomBytes(1))).rejects.not.toThrow('secret');
  });
});
