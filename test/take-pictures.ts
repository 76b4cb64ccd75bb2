import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { startWholeSystem } from './e2e/whole-system.js';
import type { WholeSystem } from './e2e/whole-system.js';
import { CHROMIUM } from './support/checkout-browser.js';
import { eventually } from './support/eventually.js';

// Run by `npm run pictures`, never by `npm test`: takes the pictures of the documentation.

const FOLDER = fileURLToPath(new URL('../docs/images', import.meta.url));
const TEMPORAL_UI = process.env['PAYONCE_PICTURES_TEMPORAL_UI'] ?? '';

let system: WholeSystem;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  system = await startWholeSystem({ label: 'pictures', businessName: 'Nordlicht Audio' });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await system.close();
}, 60_000);

/** A plug-in with a license key for three machines, and an installer. */
const addProduct = async (client: DodoPayments): Promise<string> => {
  const { product_id } = await client.products.create({
    name: 'Tape Echo 2',
    description: 'A delay with the warmth of worn tape, for macOS, Windows and Linux.',
    tax_category: 'digital_products',
    price: {
      type: 'one_time_price',
      currency: 'EUR',
      price: 4900,
      discount: 20,
      tax_inclusive: true,
      purchasing_power_parity: false,
    },
    license_key_enabled: true,
    license_key_activations_limit: 3,
  });
  const { file_id, url } = await client.products.updateFiles(product_id, { file_name: 'tape-echo-2.4.zip' });
  await fetch(url, { method: 'PUT', body: 'PK\u0005\u0006'.padEnd(22, '\0') });
  await client.products.update(product_id, { digital_product_delivery: { files: [file_id] } });
  return product_id;
};

const shoot = (name: string, options: { readonly fullPage?: boolean } = {}) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), ...options });

it('checkout, order and the purchase in Temporal', async () => {
  const client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  const { session_id, checkout_url } = await client.checkoutSessions.create({
    product_cart: [{ product_id: await addProduct(client), quantity: 1 }],
  });
  await page.goto(checkout_url ?? '');
  await page.fill('#email', 'ada@example.com');
  await page.fill('#name', 'Ada Lovelace');
  await page.selectOption('#country', 'DE');
  await page.waitForFunction(() => document.querySelector('[data-rows]')?.textContent?.includes('Germany'));
  await shoot('checkout', { fullPage: true });

  await page.click('[data-pay-button]');
  await page.waitForURL(`${system.sandboxUrl}/**`);
  const card = { number: '4242424242424242', expiry: '12/34', cvc: '123', name: 'Ada Lovelace' };
  for (const [field, text] of Object.entries(card)) await page.fill(`#${field}`, text);
  await page.click('form button[type=submit]:not(.quiet)');
  await page.waitForURL(`${system.url}/session/**`);
  await eventually(async () => {
    await page.reload();
    return page.locator('a.file').count();
  });
  await shoot('order', { fullPage: true });

  const { runId } = await system.temporal.workflow.getHandle(`purchase/${session_id}`).describe();
  await page.setViewportSize({ width: 1440, height: 1080 });
  const workflow = encodeURIComponent(`purchase/${session_id}`);
  await page.goto(`${TEMPORAL_UI}/namespaces/default/workflows/${workflow}/${runId}/timeline`);
  await page.getByText('emitWebhooks').first().waitFor({ timeout: 60_000 });
  await page.getByText('Typescript').first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Descending' }).click();
  await page.waitForTimeout(1_000);
  await shoot('temporal');
}, 120_000);
