import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { newPayment, startBench } from '../testing/bench.js';
import type { Bench } from '../testing/bench.js';
import type { WirePayment } from '../wire.js';

const CHROMIUM = process.env['PAYONCE_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** A shop that sends the returning buyer on to another origin, as shops do. */
function startShop(): Promise<Server> {
  const shop = createServer((request, response) => {
    const { port } = shop.address() as AddressInfo;
    const arrived = request.headers.host?.startsWith('127.0.0.1') === true;
    if (arrived) response.setHeader('content-type', 'text/html').end(`<title>Thanks</title>${request.url ?? ''}`);
    else response.writeHead(303, { location: `http://127.0.0.1:${port}${request.url ?? ''}` }).end();
  });
  return new Promise((resolve) => shop.listen(0, () => resolve(shop)));
}

const inChromium = existsSync(CHROMIUM) ? describe : describe.skip;

inChromium('in a browser', () => {
  let database: TestDatabase;
  let bench: Bench;
  let shop: Server;
  let browser: Browser;
  let page: Page;
  let violations: string[];

  beforeAll(async () => {
    database = await testDatabase('sandbox browser');
    bench = await startBench(database);
    shop = await startShop();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  }, 60_000);

  beforeEach(async () => {
    page = await browser.newPage();
    violations = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
  });

  afterEach(() => page.close());

  afterAll(async () => {
    await browser.close();
    shop.close();
    await bench.close();
    await database.close();
  });

  const open = async (): Promise<void> => {
    const { port } = shop.address() as AddressInfo;
    const request = newPayment({ return_url: `http://localhost:${port}/return?order=7` });
    const { body } = await bench.merchant.post<WirePayment>('/v1/payments', request);
    await page.goto(body.action?.url ?? '');
  };
  const pay = async (number: string): Promise<void> => {
    await page.getByLabel('Card number').fill(number);
    await page.getByLabel('Expiry').fill('12/34');
    await page.getByLabel('CVC').fill('123');
    await page.getByLabel('Name on card').fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Pay €12.55' }).click();
  };
  const barriers = async (): Promise<readonly string[]> => {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await checker.run()).violations.map(({ id }) => id);
    });
  };

  it('pays and lands in the shop, over a redirect to another origin, without breaking the page policy', async () => {
    await open();
    await pay('4242 4242 4242 4242');
    await page.waitForURL(/127\.0\.0\.1.*\/return/);
    expect(await page.title()).toBe('Thanks');
    expect(new URL(page.url()).search).toMatch(/^\?order=7&sandbox_payment=sp_\w+&sandbox_status=succeeded$/);
    expect(violations).toEqual([]);
  });

  it('passes the 3-D Secure challenge with the keyboard', async () => {
    await open();
    await pay('4000 0000 0000 3220');
    await page.waitForURL(/challenge$/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/127\.0\.0\.1.*\/return/);
    expect(page.url()).toContain('sandbox_status=succeeded');
  });

  it('can be used by everybody: on first sight, with mistakes, on the challenge and afterwards', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    await page.close();
    page = await context.newPage();
    await open();
    expect(await barriers()).toEqual([]);
    await pay('4242 4242 4242 4241');
    expect(await page.getByRole('alert').textContent()).toContain('Nothing was charged');
    expect(await barriers()).toEqual([]);
    await pay('4000 0000 0000 3220');
    await page.waitForURL(/challenge$/);
    expect(await barriers()).toEqual([]);
  });
});
