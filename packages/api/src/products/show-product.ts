import type { Product, WireFile, WireProduct, WireProductListItem } from '@payonce/engine/domain';
import { toProduct, toProductListItem } from '@payonce/engine/domain';
import type { Upload } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import { LINK_SECONDS, fileLink } from '../files/links.js';
import { imageUrl } from '../files/image-url.js';
import { attachedTo } from '../entitlements/attached.js';
import { entitlementsOf } from './entitlements.js';

/** A product as its merchant sees it, with fresh links to its files. */
export async function showProduct(deps: ApiDeps, product: Product): Promise<WireProduct> {
  return toProduct(await shown(deps, product));
}

/** The same in a list. */
export async function showListedProduct(deps: ApiDeps, product: Product): Promise<WireProductListItem> {
  return toProductListItem(await shown(deps, product));
}

async function shown(deps: ApiDeps, product: Product) {
  const uploads = await uploadsOf(deps, product);
  return {
    product,
    entitlements: await entitlementsOf(deps, { product, uploads }),
    attached: await attachedTo(deps, product),
    files: uploads.map((upload) => wireFile(deps, upload)),
    urls: { image: (key: string) => imageUrl(deps.settings, key) },
  };
}

/** The files that a product hands over, as they were uploaded, in its order. */
export async function uploadsOf({ stores }: Pick<ApiDeps, 'stores'>, product: Product): Promise<readonly Upload[]> {
  const ids = product.delivery?.files ?? [];
  if (ids.length === 0) return [];
  const found = await stores.products.findUploads({
    business: product.business,
    mode: product.mode,
    product: product.id,
    ids,
  });
  return ids.flatMap((id) =>
    found.filter((upload) => upload.id === id && upload.kind === 'file' && upload.stored !== null),
  );
}

const wireFile = ({ secrets, clock, settings }: ApiDeps, { id, product, filename, stored }: Upload): WireFile => ({
  file_id: id,
  filename,
  download_url: fileLink({ secrets, clock, publicUrl: settings.publicUrl }, { owner: product, file: id }),
  expires_in: LINK_SECONDS,
  content_type: stored?.contentType ?? null,
  file_size: stored?.size ?? null,
});
