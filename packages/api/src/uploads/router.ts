import { DomainError } from '@payonce/engine/domain';
import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { ApiDeps } from '../deps.js';
import { openedUpload } from './upload-link.js';
import { receive } from './receive.js';

/** PUT /uploads/{token}: takes the bytes of an image or file that a key holder announced. The token is the only key, and works for a minute and once. */
export function uploadRouter({ deps, limit }: { readonly deps: ApiDeps; readonly limit: RequestHandler }): Router {
  const router = Router({ caseSensitive: true });
  router.put('/uploads/:token', limit, async (request, response) => {
    await takeUpload(deps, request);
    response.status(200).end();
  });
  return router;
}

async function takeUpload(deps: ApiDeps, request: Request): Promise<void> {
  const id = openedUpload(deps.secrets, String(request.params['token']));
  const upload = id === undefined ? undefined : await deps.stores.products.findUpload(id);
  if (!upload || upload.stored !== null || upload.openUntil <= deps.clock.now()) throw closed();
  const stored = await receive(deps, { upload, request });
  if (!(await deps.stores.products.completeUpload({ id: upload.id, stored }))) throw closed();
}

const closed = (): DomainError =>
  new DomainError(
    'UPLOAD_CLOSED',
    'This upload address does not exist, was used already, or is older than a minute: ask for a new one.',
  );
