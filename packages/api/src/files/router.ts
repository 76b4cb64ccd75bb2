import { DomainError } from '@payonce/engine/domain';
import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { ApiDeps } from '../deps.js';
import { linkedUpload } from './linked-upload.js';
import { isValidLink } from './links.js';
import { sendFile } from './send-file.js';
import { sendImage } from './send-image.js';

/** What is shown and handed out: images by their key, files by expiring links. */
export function fileRouter({ deps, limit }: { readonly deps: ApiDeps; readonly limit: RequestHandler }): Router {
  const router = Router({ caseSensitive: true });
  router.get('/images/:key', limit, (request, response) =>
    sendImage({ deps, key: String(request.params['key']), response }),
  );
  router.get('/files/:owner/:file', limit, (request, response) => sendLinked(deps, request, response));
  return router;
}

async function sendLinked(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const [owner, file] = [String(request.params['owner']), String(request.params['file'])];
  const { exp: expires, sig: signature } = request.query;
  if (!isValidLink(deps, { owner, file, expires, signature })) {
    throw new DomainError(
      'DOWNLOAD_NOT_ALLOWED',
      'This link is not complete or has expired: open your order page for a new one.',
    );
  }
  const { id, filename, stored } = await linkedUpload(deps, {
    owner,
    file,
    link: typeof expires === 'string' ? expires : '',
    counts: request.method !== 'HEAD',
  });
  if (stored) await sendFile({ files: deps.files, file: { key: id, filename, ...stored }, request, response });
}
