import { randomUUID } from 'node:crypto';
import type { Product } from '@payonce/engine/domain';
import type { Upload } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import { uploadUrl } from './upload-link.js';

/** For how long a slot takes bytes to begin. */
const OPEN_MS = 60_000;

/** Opens a slot for one upload of a product. */
export async function openUpload(
  { stores, secrets, clock, settings }: ApiDeps,
  { product, kind, filename }: Pick<Upload, 'kind' | 'filename'> & { readonly product: Product },
): Promise<{ readonly id: string; readonly url: string }> {
  const now = clock.now();
  const id = randomUUID();
  await stores.products.insertUpload({
    id,
    business: product.business,
    mode: product.mode,
    product: product.id,
    kind,
    filename,
    stored: null,
    openUntil: new Date(now.getTime() + OPEN_MS),
    createdAt: now,
  });
  return { id, url: uploadUrl({ secrets, publicUrl: settings.publicUrl }, id) };
}
