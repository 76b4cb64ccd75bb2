import type { Response } from 'express';
import type { ApiDeps } from '../deps.js';
import { notFound } from '../http/params.js';
import { streamOut } from './stream-out.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Shows an image to anybody. Product files lie in the same store: the record of the upload says what may be shown. */
export async function sendImage({
  deps,
  key,
  response,
}: {
  readonly deps: ApiDeps;
  readonly key: string;
  readonly response: Response;
}): Promise<void> {
  const upload = UUID.test(key) ? await deps.stores.products.findUpload(key) : undefined;
  const size = upload?.kind === 'image' ? await deps.files.size(key) : undefined;
  if (!upload?.stored || size === undefined || size === 0) throw notFound('image');
  response.set({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': String(size),
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': upload.stored.contentType,
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  });
  if (response.req.method === 'HEAD') response.end();
  else await streamOut({ bytes: deps.files.read({ key, start: 0, end: size - 1 }), response });
}
