import { z } from 'zod';
import { readIfThere, writeSecretFile } from '../secret-file.js';
import { addDemoFile, createDemoProduct } from './demo-product.js';
import { Refused } from './web/api.js';
import type { Api } from './web/api.js';

/** The id of a product to try things with: the one that is written down at `path`, or a new one when that is gone. */
export async function keptDemoProduct({ api, path }: { readonly api: Api; readonly path: string }): Promise<string> {
  const kept = (await readIfThere(path))?.trim();
  if (kept && (await exists(api, kept))) return kept;
  const product = await createDemoProduct(api);
  await addDemoFile(api, product);
  await writeSecretFile({ path, text: `${product}\n` });
  return product;
}

async function exists(api: Api, product: string): Promise<boolean> {
  try {
    await api.call({ method: 'GET', path: `/products/${product}`, answer: z.unknown() });
    return true;
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.status === 404) return false;
    throw thrown;
  }
}
