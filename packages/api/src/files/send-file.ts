import type { FileStore } from '@payonce/engine/ports';
import type { Request, Response } from 'express';
import { HttpRefusal } from '../http/refusal.js';
import { notFound } from '../http/params.js';
import { attachment } from './content-disposition.js';
import { rangeOf } from './range.js';
import type { Span } from './range.js';
import { streamOut } from './stream-out.js';

/** A stored file as a download. */
export interface SentFile {
  readonly key: string;
  readonly filename: string;
  readonly contentType: string;
  /** Names the version of the bytes. */
  readonly sha256: string;
}

/** Sends a file, whole or one span of it, so that no browser runs, shows or keeps it. A receiver that goes away stops the reading. */
export async function sendFile({
  files,
  file,
  request,
  response,
}: {
  readonly files: FileStore;
  readonly file: SentFile;
  readonly request: Request;
  readonly response: Response;
}): Promise<void> {
  const size = await files.size(file.key);
  if (size === undefined) throw notFound('file');
  const etag = `"${file.sha256}"`;
  const ranged = rangeOf({ range: request.get('range'), ifRange: request.get('if-range'), etag, size });
  if (ranged.kind === 'unsatisfiable') {
    throw new HttpRefusal('RANGE_NOT_SATISFIABLE', 'The file has no such bytes.', {
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  const span: Span = ranged.kind === 'span' ? ranged.span : { start: 0, end: size - 1 };
  response.status(ranged.kind === 'span' ? 206 : 200).set({
    ...downloadHeaders(file),
    etag,
    'repr-digest': digestOf(file),
    'content-length': String(span.end - span.start + 1),
  });
  if (ranged.kind === 'span') response.set('content-range', `bytes ${span.start}-${span.end}/${size}`);
  if (request.method === 'HEAD' || size === 0) response.end();
  else await streamOut({ bytes: files.read({ key: file.key, ...span }), response });
}

/** RFC 9530: of the whole file, also with a part of it. */
const digestOf = ({ sha256 }: SentFile): string => `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;

const downloadHeaders = ({ filename, contentType }: SentFile): Readonly<Record<string, string>> => ({
  'accept-ranges': 'bytes',
  'cache-control': 'private, no-store',
  'content-disposition': attachment(filename),
  'content-security-policy': "default-src 'none'; sandbox",
  'content-type': contentType,
  'x-content-type-options': 'nosniff',
});
