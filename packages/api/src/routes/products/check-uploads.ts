import { DomainError } from '@payonce/engine/domain';
import type { Product } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';

/** Refuses a product that names an image or files that were not uploaded for it. */
export async function checkUploads(
  { stores }: ApiDeps,
  { product, image }: { readonly product: Product; readonly image: string | null },
): Promise<void> {
  const { id, business, mode, delivery } = product;
  const files = delivery?.files ?? [];
  const ids = [...new Set([...files, ...(image === null ? [] : [image])])];
  if (ids.length === 0) return;
  const uploads = await stores.products.findUploads({ business, mode, product: id, ids });
  const has = (wanted: string, kind: 'image' | 'file'): boolean =>
    uploads.some((upload) => upload.id === wanted && upload.kind === kind && upload.stored !== null);
  if (image !== null && !has(image, 'image'))
    throw refusal(`image_id: no image ${image} was uploaded for this product`);
  const missing = files.find((file) => !has(file, 'file'));
  if (missing !== undefined)
    throw refusal(`digital_product_delivery.files: no file ${missing} was uploaded for this product`);
  if (new Set(files).size < files.length) throw refusal('digital_product_delivery.files: a file is named twice');
}

const refusal = (message: string): DomainError => new DomainError('INVALID_REQUEST_BODY', message);
