import type DodoPayments from 'dodopayments';

/** What a license of the plug-in costs, tax included. */
const PRICE = {
  type: 'one_time_price',
  currency: 'EUR',
  price: 1900,
  discount: 0,
  tax_inclusive: true,
  purchasing_power_parity: false,
} as const;

/** A product whose buyers get a license key for one machine. Answers its id. */
export async function addPlugIn(client: DodoPayments): Promise<string> {
  const { product_id } = await client.products.create({
    name: 'Plug-in',
    tax_category: 'digital_products',
    price: PRICE,
    license_key_enabled: true,
    license_key_activations_limit: 1,
  });
  return product_id;
}

/** The same with a guide to download, and a text. */
export async function addGuide(client: DodoPayments): Promise<string> {
  const product = await addPlugIn(client);
  const { file_id, url } = await client.products.updateFiles(product, { file_name: 'guide.txt' });
  const stored = await fetch(url, { method: 'PUT', body: GUIDE });
  if (!stored.ok) throw new Error(`the file was not taken: ${stored.status} ${await stored.text()}`);
  const delivery = { files: [file_id], instructions: 'Put it into the folder of plug-ins.' };
  await client.products.update(product, { digital_product_delivery: delivery });
  return product;
}

/** What stands in the guide. */
export const GUIDE = 'How to plug in: gently.\n';
