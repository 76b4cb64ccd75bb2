import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Explained } from '../explained.js';
import type { Api } from './web/api.js';

/** What the demonstrations sell. */
export const DEMO_PRODUCT = {
  name: 'Harbor, a desktop app',
  description: 'A license for three devices, and the app to download.',
  tax_category: 'digital_products',
  price: { type: 'one_time_price', currency: 'EUR', price: 4900, discount: 10, tax_inclusive: true },
  license_key_enabled: true,
  license_key_activations_limit: 3,
  license_key_activation_message: 'Enter the key under Help, License.',
} as const;

/** The file that comes with it. */
export const DEMO_FILE = {
  name: 'harbor-1.0.tar.gz',
  bytes: gzipSync('Harbor 1.0\n'.repeat(50_000), { level: 0 }),
} as const;

/** Offers the product. Answers its id. */
export async function createDemoProduct(api: Api): Promise<string> {
  const answer = z.object({ product_id: z.string() });
  return (await api.call({ method: 'POST', path: '/products', body: DEMO_PRODUCT, answer })).product_id;
}

/** Uploads the file, and has the product hand it over. Answers the file's id. */
export async function addDemoFile(api: Api, product: string): Promise<string> {
  const answer = z.object({ file_id: z.string(), url: z.url() });
  const { file_id: file, url } = await api.call({
    method: 'PUT',
    path: `/products/${product}/files`,
    body: { file_name: DEMO_FILE.name },
    answer,
  });
  const headers = { 'content-type': 'application/gzip' };
  const stored = await fetch(url, { method: 'PUT', headers, body: DEMO_FILE.bytes });
  if (!stored.ok) throw new Explained(`The upload answered ${stored.status} ${await stored.text()}`, { exitCode: 1 });
  const body = { digital_product_delivery: { files: [file] } };
  await api.call({ method: 'PATCH', path: `/products/${product}`, body, answer: z.unknown() });
  return file;
}
