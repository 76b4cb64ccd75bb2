import { DomainError } from '@payonce/engine/domain';
import type { Upload } from '@payonce/engine/ports';
import type { Request } from 'express';
import type { ApiDeps } from '../deps.js';
import { MAX_IMAGE_BYTES, imageType } from './image-check.js';

type Stored = NonNullable<Upload['stored']>;

/** Takes the bytes of an upload and keeps them. Images are read whole and looked at first; files go straight to the store. */
export async function receive(
  deps: ApiDeps,
  { upload, request }: { readonly upload: Upload; readonly request: Request },
): Promise<Stored> {
  return upload.kind === 'image'
    ? receiveImage(deps, { key: upload.id, request })
    : receiveFile(deps, { key: upload.id, request });
}

interface Incoming {
  readonly key: string;
  readonly request: Request;
}

async function receiveImage({ files }: ApiDeps, { key, request }: Incoming): Promise<Stored> {
  const bytes = await readUpTo(MAX_IMAGE_BYTES, request);
  const contentType = await imageType(bytes);
  const { size, sha256 } = await files.put({ key, bytes: once(bytes), maxBytes: MAX_IMAGE_BYTES });
  return { contentType, size, sha256 };
}

async function receiveFile({ files, settings }: ApiDeps, { key, request }: Incoming): Promise<Stored> {
  const contentType = plainType(request.headers['content-type']);
  const { size, sha256 } = await files.put({ key, bytes: request, maxBytes: settings.maxFileBytes });
  return { contentType, size, sha256 };
}

async function readUpTo(limit: number, bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limit) throw new DomainError('PAYLOAD_TOO_LARGE', `The image is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A type and a subtype of ordinary characters; anything else is just bytes. */
const plainType = (header: string | undefined): string =>
  /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,90}(?=\s*(?:;|$))/i.exec(header ?? '')?.[0].toLowerCase() ??
  'application/octet-stream';
