import { DomainError, isId } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import type { Upload } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';

/** The upload behind a valid link. Rejects with DOWNLOAD_NOT_ALLOWED when the grant has ended, or never had this file. */
export async function linkedUpload(
  deps: ApiDeps,
  { owner, file }: { readonly owner: string; readonly file: string },
): Promise<Upload> {
  const upload = await deps.stores.products.findUpload(file);
  if (!upload || upload.kind !== 'file' || upload.stored === null) throw ended();
  const allowed = isId('pdt', owner) ? upload.product === owner : await grantAllows(deps, { owner, upload });
  if (!allowed) throw ended();
  return upload;
}

async function grantAllows(
  { stores }: ApiDeps,
  { owner, upload }: { readonly owner: string; readonly upload: Upload },
): Promise<boolean> {
  const grant = isId('entg', owner) ? await stores.grants.find(owner) : undefined;
  if (!grant || grant.status !== 'delivered' || !sameScope(grant, upload)) return false;
  const content = grant.delivered?.content;
  return content?.kind === 'files' && content.files.some(({ file }) => file === upload.id);
}

const sameScope = (left: Scope, right: Scope): boolean => left.business === right.business && left.mode === right.mode;

const ended = (): DomainError => new DomainError('DOWNLOAD_NOT_ALLOWED', 'There is no access to this file (any more).');
