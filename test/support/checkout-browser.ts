import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe } from '@jest/globals';
import type { AttemptId, Session } from '@payonce/engine/domain';
import type { Express } from 'express';
import { chromium } from 'playwright-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { TYPED } from './checkout-buyer.js';
import { openSession } from './hosted-checkout.js';
import { runCheckout } from './running-checkout.js';
import type { RunningCheckout } from './running-checkout.js';

/** The program of the browser. */
export const CHROMIUM = process.env['PAYONCE_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const canRun = existsSync(CHROMIUM) || process.env['CI'] === 'true';

if (!canRun)
  console.warn(`skipped: there is no Chromium at ${CHROMIUM}; install one, or name it in PAYONCE_TEST_CHROMIUM`);

/** `describe` where there is a Chromium, or where there has to be one. */
export const inChromium = canRun ? describe : describe.skip;

export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const PHONE_AT_NIGHT: BrowserContextOptions = {
  viewport: { width: 375, height: 700 },
  colorScheme: 'dark',
  hasTouch: true,
};

/** A running checkout with a browser in front of it. */
export interface CheckoutBrowser extends RunningCheckout {
  /** A page that notes what it should not do: violations of the policy, errors, dialogs, requests to strangers. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** What the pages should not have done since the last `closePages`. */
  readonly complaints: string[];
  closePages(): Promise<void>;
  sell(part?: Partial<Session>, line?: Partial<Session['lines'][number]>): Promise<Session>;
  address(session: Session): string;
  lastAttempt(session: Session): Promise<AttemptId>;
}

/** Starts both. */
export async function browseCheckout(options: {
  readonly label: string;
  readonly app: Express;
}): Promise<CheckoutBrowser> {
  const running = await runCheckout(options);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const { shop, checkout } = running;
  const complaints: string[] = [];
  const pages: Page[] = [];
  return {
    ...running,
    complaints,
    async newPage(context = DESK) {
      const page = await (await browser.newContext(context)).newPage();
      pages.push(page);
      watch(page, { complaints, origin: checkout.origin });
      await page.route('https://processor.example/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>Processor</title>' }),
      );
      return page;
    },
    async closePages() {
      await Promise.all(pages.splice(0).map((page) => page.context().close()));
      complaints.length = 0;
    },
    sell: (part = {}, line = {}) => openSession({ shop, client: shop.client, part, line }),
    address: ({ id }) => `${checkout.origin}/session/${id}`,
    async lastAttempt({ payment }) {
      const last = (await shop.stores.attempts.list({ payment })).at(-1);
      if (!last) throw new Error(`${payment} has no attempt`);
      return last.id;
    },
    async stop() {
      await browser.close();
      await running.stop();
    },
  };
}

function watch(page: Page, { complaints, origin }: { readonly complaints: string[]; readonly origin: string }): void {
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const to = new URL(request.url());
    const isKnown = to.origin === origin || to.origin === 'https://processor.example' || to.protocol === 'data:';
    if (!isKnown) complaints.push(`request to ${request.url()}`);
  });
}

/** Chooses a country and waits for its tax. */
export async function chooseCountry(page: Page, country: string): Promise<void> {
  const priced = page.waitForResponse((response) => response.url().endsWith('/quote'));
  await page.selectOption('#country', country);
  await priced;
  await page.waitForFunction(() => !('asking' in document.body.dataset));
}

/** Fills the payment form. */
export async function fillForm(page: Page, country: string = TYPED.country): Promise<void> {
  await page.fill('#email', TYPED.email);
  await page.fill('#name', TYPED.name);
  await chooseCountry(page, country);
}

/** Presses Pay and waits for where it leads. */
export async function pressPay(page: Page): Promise<void> {
  await page.click('[data-pay-button]');
  await page.waitForURL((url) => !url.pathname.endsWith('/pay'));
  await page.waitForLoadState();
}

/** What would keep people with disabilities from using the page, by axe's rules. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
