import { callerOf } from './caller.js';
import type { Caller } from './caller.js';
import type { Stack } from './stack.js';
import { webhookReceiver } from './webhook-receiver.js';
import type { WebhookReceiver } from './webhook-receiver.js';

/** A merchant who sells one product with a license key and a file, and hears of it. */
export interface Merchant {
  readonly api: Caller;
  readonly product: string;
  /** Has a card on file. */
  readonly customer: string;
  readonly receiver: WebhookReceiver;
  close(): Promise<void>;
}

const PRODUCT = {
  name: 'Plug-in',
  tax_category: 'digital_products',
  price: { type: 'one_time_price', currency: 'EUR', price: 2000, tax_inclusive: true },
  license_key_enabled: true,
  license_key_activations_limit: 3,
};

/** Opens a shop on an installation. */
export async function openMerchant(stack: Pick<Stack, 'apiUrl' | 'key'>): Promise<Merchant> {
  const api = callerOf({ url: stack.apiUrl, key: stack.key });
  const product = String((await api.call({ path: '/products', body: PRODUCT }))['product_id']);
  await addFile(api, product);
  const body = { email: 'ada@example.com', name: 'Ada Lovelace' };
  const customer = String((await api.call({ path: '/customers', body }))['customer_id']);
  const receiver = await webhookReceiver();
  const { id } = await api.call({ path: '/webhooks', body: { url: receiver.url } });
  receiver.expectSecret(String((await api.call({ path: `/webhooks/${String(id)}/secret` }))['secret']));
  return { api, product, customer, receiver, close: receiver.close };
}

async function addFile(api: Caller, product: string): Promise<void> {
  const slot = { path: `/products/${product}/files`, method: 'PUT', body: { file_name: 'manual.txt' } } as const;
  const { file_id: file, url } = await api.call(slot);
  const sent = await fetch(String(url), { method: 'PUT', body: 'Read me first.' });
  if (!sent.ok) throw new Error(`the upload answered ${sent.status}`);
  const delivery = { digital_product_delivery: { files: [file], instructions: 'Unpack and enjoy.' } };
  await api.call({ method: 'PATCH', path: `/products/${product}`, body: delivery });
}
