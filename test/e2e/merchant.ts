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
