import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { CHROMIUM, DESK, PHONE_AT_NIGHT, inChromium } from '../support/checkout-browser.js';
import { TYPED } from '../support/checkout-buyer.js';
import { eventually } from '../support/eventually.js';
import { GUIDE, addGuide } from './merchant.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const VISA = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';

inChromium('a sale in a browser, from the link of a product to the goods', () => {
  let system: WholeSystem;
  let browser: Browser;
  let product: string;
  const pages: Page[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    system = await startWholeSystem({ label: 'browser' });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    product = await addGuide(new DodoPayments({ bearerToken: system.key, baseURL: system.url }));
  }, 60_000);

  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    complaints.length = 0;
  });

  afterAll(async () => {
    await browser.close();
    await system.close();
  }, 60_000);

  /** A page that notes violations of its policy, errors, and requests to anybody but the shop and its processor. */
  const newPage = async (options: BrowserContextOptions): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    pages.push(page);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (![system.url, system.sandboxUrl].includes(origin) && protocol !== 'data:') complaints.push(request.url());
    });
    return page;
  };

  const openCheckout = async (page: Page): Promise<void> => {
    await page.goto(`${system.url}/buy/${product}`);
    await page.click('button[type=submit]');
    await page.waitForURL('**/session/cks_*');
  };

  const goToCard = async (page: Page): Promise<void> => {
    await page.fill('#email', TYPED.email);
    await page.fill('#name', TYPED.name);
    await page.selectOption('#country', 'DE');
    await page.locator('body:not([data-asking])').waitFor();
    await page.click('[data-pay-button]');
    await page.waitForURL(`${system.sandboxUrl}/**`);
  };

  const payWith = async (page: Page, card: string): Promise<void> => {
    const typed = { number: card, expiry: '12/34', cvc: '123', name: 'A LOVELACE' };
    for (const [field, text] of Object.entries(typed)) await page.fill(`#${field}`, text);
    await page.click('form button[type=submit]:not(.quiet)');
    await page.waitForURL(`${system.url}/session/**`);
  };

  /** The goods come a moment after the money. */
  const expectGoods = async (page: Page): Promise<void> => {
    await eventually(async () => {
      await page.reload();
      return page.locator('a.file').count();
    });
    expect(await page.textContent('h1')).toContain('your payment arrived');
    expect(await page.textContent('.key code')).toMatch(/^[0-9A-Z]{5}(?:-[0-9A-Z]{5})+/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a.file')]);
    expect(download.suggestedFilename()).toBe('guide.txt');
    expect(await readFile(await download.path(), 'utf8')).toBe(GUIDE);
  };

  const expectDeclined = async (page: Page): Promise<void> => {
    expect(await page.textContent('[role=alert]')).toMatch(/declined|refused/i);
    expect(page.url()).toContain('/session/cks_');
  };

  const widthsOf = (page: Page) =>
    page.evaluate(() => ({ content: document.documentElement.scrollWidth, screen: innerWidth }));

  it('pays with scripts, after a declined card', async () => {
    const page = await newPage(DESK);
    await openCheckout(page);
    await goToCard(page);
    await payWith(page, DECLINED);
    await expectDeclined(page);
    await goToCard(page);
    await payWith(page, VISA);
    await expectGoods(page);
    expect(complaints).toEqual([]);
  });

  it('pays without scripts, after a declined card', async () => {
    const page = await newPage({ ...DESK, javaScriptEnabled: false });
    await openCheckout(page);
    await goToCard(page);
    await payWith(page, DECLINED);
    await expectDeclined(page);
    await goToCard(page);
    await payWith(page, VISA);
    await expectGoods(page);
    expect(complaints).toEqual([]);
  });

  it('fits a narrow screen all the way', async () => {
    const page = await newPage(PHONE_AT_NIGHT);
    const widths: { readonly content: number; readonly screen: number }[] = [];
    await openCheckout(page);
    widths.push(await widthsOf(page));
    await goToCard(page);
    widths.push(await widthsOf(page));
    await payWith(page, VISA);
    await expectGoods(page);
    widths.push(await widthsOf(page));
    expect(widths.filter(({ content, screen }) => content > screen)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
