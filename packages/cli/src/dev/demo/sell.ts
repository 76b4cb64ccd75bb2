import { isId } from '@payonce/engine/domain';
import type { SessionId } from '@payonce/engine/domain';
import { z } from 'zod';
import { DEMO_FILE, DEMO_PRODUCT, addDemoFile, createDemoProduct } from '../demo-product.js';
import type { Offer, Story } from './story.js';

/** The merchant's side, by the API: a product, where to be told about sales, and a checkout to send a buyer to. */
export async function sell(story: Story): Promise<Offer> {
  story.narrator.chapter('The merchant sells, by the API');
  const product = await offerProduct(story);
  await listenForSales(story);
  return { product, ...(await openCheckout(story, product)) };
}

async function offerProduct({ narrator, api }: Story): Promise<string> {
  const { name, license_key_activations_limit: devices } = DEMO_PRODUCT;
  const product = await narrator.step('product', async () => {
    const value = await createDemoProduct(api);
    return {
      value,
      lines: [value, `"${name}", 49.00 EUR with tax inside, 10 % off, a license key for ${devices} devices`],
    };
  });
  await narrator.step('file', async () => {
    const value = await addDemoFile(api, product);
    return { value, lines: [`${DEMO_FILE.name}, ${kilobytes(DEMO_FILE.bytes)} uploaded`] };
  });
  return product;
}

const listenForSales = ({ narrator, api, receiver }: Story): Promise<void> =>
  narrator.step('webhook endpoint', async () => {
    const id = z.object({ id: z.string() });
    const endpoint = await api.call({ method: 'POST', path: '/webhooks', body: { url: receiver.url }, answer: id });
    const secret = z.object({ secret: z.string() });
    receiver.trust((await api.call({ method: 'GET', path: `/webhooks/${endpoint.id}/secret`, answer: secret })).secret);
    return { value: undefined, lines: [`${endpoint.id} at ${receiver.url}`] };
  });

const sessionId = z.custom<SessionId>((id) => typeof id === 'string' && isId('cks', id));

const openCheckout = ({ narrator, api }: Story, product: string): Promise<Omit<Offer, 'product'>> =>
  narrator.step('checkout', async () => {
    const body = { product_cart: [{ product_id: product, quantity: 1 }] };
    const answer = z.object({ session_id: sessionId, checkout_url: z.url() });
    const made = await api.call({ method: 'POST', path: '/checkouts', body, answer });
    return {
      value: { session: made.session_id, checkoutUrl: made.checkout_url },
      lines: [made.session_id, made.checkout_url],
    };
  });

const kilobytes = (bytes: Uint8Array): string => `${Math.round(bytes.length / 1000)} kB`;
