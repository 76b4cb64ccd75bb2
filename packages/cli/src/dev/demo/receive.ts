import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Explained } from '../../explained.js';
import { until } from '../../until.js';
import { DEMO_FILE } from '../demo-product.js';
import { openPage } from '../web/buyer.js';
import { tagsOf, textOf } from '../web/html.js';
import type { Goods, Paid, Story } from './story.js';
import { linesOf } from './webhook-receiver.js';

/** The goods arrive, and the merchant hears of it. */
export async function receive(story: Story, paid: Paid): Promise<Goods> {
  story.narrator.chapter('The goods arrive');
  const goods = await findGoods(story, paid);
  await download(story, goods);
  await hearOfSale(story);
  await activate(story, goods);
  return goods;
}

const findGoods = ({ narrator }: Story, { orderUrl }: Paid): Promise<Goods> =>
  narrator.step('license key', async () => {
    const value = await until({
      what: 'a license key and a file on the order page',
      forMs: 30_000,
      look: () => goodsOn(orderUrl),
    });
    return { value, lines: [value.licenseKey] };
  });

/** undefined until both are there. */
async function goodsOn(orderUrl: string): Promise<Goods | undefined> {
  const page = await openPage(orderUrl);
  const key = tagsOf(page.html, 'code').find(({ attributes }) => attributes['id']?.startsWith('key-'));
  const file = tagsOf(page.html, 'a').find(({ attributes }) => attributes['download'] === DEMO_FILE.name);
  const href = file?.attributes['href'];
  return key && href ? { licenseKey: textOf(key.content), fileUrl: new URL(href, page.url).href } : undefined;
}

const download = ({ narrator }: Story, { fileUrl }: Goods): Promise<void> =>
  narrator.step('file', async () => {
    const response = await fetch(fileUrl);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (sha256(bytes) !== sha256(DEMO_FILE.bytes)) {
      throw new Explained(`The file at ${fileUrl} (${response.status}) is not the one that was uploaded`, {
        exitCode: 1,
      });
    }
    return {
      value: undefined,
      lines: [`${DEMO_FILE.name} by its signed link: every byte as uploaded (SHA-256 ${sha256(bytes).slice(0, 12)}…)`],
    };
  });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const hearOfSale = ({ narrator, receiver }: Story): Promise<void> =>
  narrator.step('webhooks', async () => {
    const wanted = { 'payment.succeeded': 1, 'license_key.created': 1, 'entitlement_grant.delivered': 2 };
    const events = await receiver.receive(wanted);
    return { value: undefined, lines: linesOf(events) };
  });

const activate = ({ narrator, api }: Story, { licenseKey: license_key }: Goods): Promise<void> =>
  narrator.step('activation', async () => {
    const body = { license_key, name: 'demo laptop' };
    const answer = z.object({ id: z.string() });
    const { id } = await api.call({ method: 'POST', path: '/licenses/activate', body, answer });
    await isValid({ api }, { license_key, wanted: true });
    return { value: undefined, lines: [`${id}: "${body.name}" is 1 of 3 devices, the key is valid`] };
  });

/** Waits until a key is valid, or no more. */
export const isValid = (
  { api }: Pick<Story, 'api'>,
  { license_key, wanted }: { readonly license_key: string; readonly wanted: boolean },
): Promise<true> =>
  until({
    what: `license key ${wanted ? 'valid' : 'invalid'}`,
    forMs: 20_000,
    look: async () => {
      const answer = z.object({ valid: z.boolean() });
      const { valid } = await api.call({ method: 'POST', path: '/licenses/validate', body: { license_key }, answer });
      return valid === wanted || undefined;
    },
  });
