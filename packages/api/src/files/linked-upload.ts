import { DomainError, isId } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import type { Upload } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';

/** A valid link that somebody follows. */
export interface Followed {
  readonly owner: string;
  readonly file: string;
  /** Tells one link of a file from the next. */
  readonly link: string;
  /** Whether the file itself is asked for, and not only what there is to know about it. */
  readonly counts: boolean;
}

/** The upload behind a valid link. Rejects with DOWNLOAD_NOT_ALLOWED when the grant has ended, has no download left, or never had this file. */
export async function linkedUpload(deps: ApiDeps, followed: Followed): Promise<Upload> {
  const { owner, file } = followed;
  const upload = await deps.stores.products.findUpload(file);
  if (!upload || upload.kind !== 'file' || upload.stored === null) throw ended();
  if (!isId('pdt', owner)) await grantAllows(deps, { ...followed, upload });
  else if (upload.product !== owner) throw ended();
  return upload;
}

async function grantAllows(
  { stores, clock }: ApiDeps,
  { owner, upload, link, counts }: Followed & { readonly upload: Upload },
): Promise<void> {
  const grant = isId('entg', owner) ? await stores.grants.find(owner) : undefined;
  if (!grant || grant.status !== 'delivered' || !sameScope(grant, upload)) throw ended();
  const content = grant.delivered?.content;
  if (content?.kind !== 'files' || !content.files.some(({ file }) => file === upload.id)) throw ended();
  const { accessUntil, maxDownloads: limit } = content;
  if (accessUntil !== undefined && Date.parse(accessUntil) <= clock.now().getTime()) throw ended();
  if (limit === undefined || !counts) return;
  if (await stores.downloads.count({ grant: grant.id, file: upload.id, link, limit })) return;
  throw new DomainError(
    'DOWNLOAD_NOT_ALLOWED',
    `This file was fetched ${limit} times, which is as often as it may be: ask the seller for more.`,
  );
}

const sameScope = (left: Scope, right: Scope): boolean => left.business === right.business && left.mode === right.mode;

const ended = (): DomainError => new DomainError('DOWNLOAD_NOT_ALLOWED', 'There is no access to this file (any more).');
