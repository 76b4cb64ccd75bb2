import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type * as Sdk from '@aws-sdk/client-s3';
import { DomainError } from '../domain/domain-error.js';
import type { FileStore } from '../ports/outside.js';

/** A bucket of S3 or of anything that speaks like it. */
export interface Bucket {
  readonly name: string;
  /** Begins every key in the bucket, such as 'payonce/'; '' for none. */
  readonly prefix: string;
  readonly region: string;
  /** Of another service than AWS: 'https://fsn1.example.com'. */
  readonly endpoint?: string | undefined;
  /** Left out, the SDK looks where it always looks: environment, profile, role of the machine. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

const KEY = /^[A-Za-z0-9_-]{1,100}$/;
const PART_BYTES = 8 * 1024 * 1024;
const CONNECT_MS = 5_000;
const SILENCE_MS = 30_000;

/**
 * Files in a bucket, under the promises of the disk store: a file is there whole or not at all, and a key of another form than ours names no file. Give the bucket a rule
 * that aborts multipart uploads after a day: a process that dies leaves the parts of its upload behind, which nobody sees but which are paid for.
 */
export async function createS3FileStore(bucket: Bucket): Promise<FileStore> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    region: bucket.region,
    ...(bucket.endpoint !== undefined && { endpoint: bucket.endpoint, forcePathStyle: true }),
    ...(bucket.credentials && { credentials: bucket.credentials }),
    // Services that speak like S3 often know no other checksums than the signature's own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  });
  const place = (key: string) => ({ Bucket: bucket.name, Key: `${bucket.prefix}${key}` });
  return {
    put: async ({ key, bytes, maxBytes }) => put({ client, place: place(checked(key)), bytes, maxBytes }),
    async size(key) {
      if (!KEY.test(key)) return undefined;
      const head = await client.send(new sdk.HeadObjectCommand(place(key))).catch(unlessMissing);
      return head?.ContentLength;
    },
    async *read({ key, start, end }) {
      yield* read({ sdk, client, place: place(checked(key)), start, end });
    },
    async remove(key) {
      if (KEY.test(key)) await client.send(new sdk.DeleteObjectCommand(place(key)));
    },
  };
}

interface Placed {
  readonly client: Sdk.S3Client;
  readonly place: { readonly Bucket: string; readonly Key: string };
}

async function put({
  client,
  place,
  bytes,
  maxBytes,
}: Placed & Pick<Parameters<FileStore['put']>[0], 'bytes' | 'maxBytes'>) {
  const { Upload } = await import('@aws-sdk/lib-storage');
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > maxBytes) throw new DomainError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`);
      hash.update(chunk);
      yield chunk;
    }
  }
  const Body = Readable.from(counted(), { objectMode: false });
  const upload = new Upload({ client, params: { ...place, Body }, partSize: PART_BYTES, queueSize: 2 });
  await upload.done();
  return { size, sha256: hash.digest('hex') };
}

/** Fails when the store ends before the span does: a receiver who was promised a length must see a broken transfer, not a shorter file. */
async function* read({
  sdk,
  client,
  place,
  start,
  end,
}: Placed & { readonly sdk: typeof Sdk; readonly start: number; readonly end: number }): AsyncIterable<Uint8Array> {
  if (end < start) return;
  const answer = await client
    .send(new sdk.GetObjectCommand({ ...place, Range: `bytes=${start}-${end}` }))
    .catch(unlessMissing);
  if (!(answer?.Body instanceof Readable)) throw notFound();
  let position = start;
  for await (const chunk of answer.Body as AsyncIterable<Uint8Array>) {
    position += chunk.length;
    yield chunk;
  }
  if (position !== end + 1)
    throw new Error(`The stored file ends at byte ${position}, before the end of the span at ${end}.`);
}

function checked(key: string): string {
  if (!KEY.test(key)) throw notFound();
  return key;
}

const notFound = (): DomainError => new DomainError('NOT_FOUND', 'There is no file under this key.');

/** Not there, or shorter than the span that was asked for. */
const MISSING = new Set(['NotFound', 'NoSuchKey', 'InvalidRange']);

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && MISSING.has(error.name)) return undefined;
  throw error;
}
