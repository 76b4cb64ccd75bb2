import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import {
  DESK,
  PHONE_AT_NIGHT,
  browseCheckout,
  chooseCountry,
  fillForm,
  inChromium,
  pressPay,
} from '../../../../test/support/checkout-browser.js';
import type { CheckoutBrowser } from '../../../../test/support/checkout-browser.js';
import { TYPED } from '../../../../test/support/checkout-buyer.js';
import { SCRIPT } from './assets/script.js';

inChromium('in a browser', () => {
  let bench: CheckoutBrowser;

  beforeAll(async () => {
    bench = await browseCheckout({ label: 'checkout page', app: express() });
  }, 60_000);

  beforeEach(() => {
    bench.shop.processor.charges.length = 0;
  });

  afterEach(() => bench.closePages());

  afterAll(() => bench.stop());

  describe('the tax', () => {
    it('follows the country at once, is said aloud, and leaves the focus where it is', async () => {
      const page = await bench.newPage();
      await page.goto(bench.address(await bench.sell({}, { taxInclusive: false })));
      await page.focus('#country');
      await chooseCountry(page, 'DE');
      expect(await page.textContent('[data-pay-label]')).toBe('Pay €11.90');
      expect(await page.textContent('.amount')).toBe('€11.90');
      expect(await page.textContent('[data-rows]')).toContain('VAT Germany 19%');
      expect(await page.textContent('[role=status]')).toContain('Total €11.90');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('country');
    });

    it('asks for state and postal code where it needs them, and only there', async () => {
      const page = await bench.newPage();
      await page.goto(bench.address(await bench.sell()));
      expect(await page.isVisible('#state')).toBe(false);
      await chooseCountry(page, 'CA');
      expect(await page.textContent('label[for=state]')).toBe('Province');
      expect(await page.locator('#state option').count()).toBe(14);
      await page.selectOption('#state', 'QC');
      await chooseCountry(page, 'US');
      expect(await page.inputValue('#state')).toBe('');
      expect(await page.textContent('label[for=zipcode]')).toBe('ZIP code');
      await chooseCountry(page, 'DE');
      expect(await page.isVisible('#zipcode')).toBe(false);
      expect(await page.getAttribute('#zipcode', 'required')).toBeNull();
    });

    it('that cannot be updated is said, and checked before anything is charged', async () => {
      const page = await bench.newPage();
      const session = await bench.sell({}, { taxInclusive: false });
      await page.goto(bench.address(session));
      await page.fill('#email', TYPED.email);
      await page.fill('#name', TYPED.name);
      await page.route('**/quote', (route) => route.abort());
      await page.selectOption('#country', 'DE');
      await page.waitForFunction(() =>
        document.querySelector('[role=status]')?.textContent?.includes('could not be updated'),
      );
      await page.click('[data-pay-button]');
      await page.waitForSelector('text=The total has changed.');
      expect(await page.textContent('[data-pay-label]')).toBe('Pay €11.90');
      expect(await bench.shop.stores.attempts.list({ payment: session.payment })).toEqual([]);
    });
  });

  describe('Pay', () => {
    it('is pressed once, however often it is clicked', async () => {
      const page = await bench.newPage();
      const session = await bench.sell();
      await page.goto(bench.address(session));
      await fillForm(page);
      await page.locator('[data-pay-button]').dblclick();
      await page.waitForSelector('text=Thank you');
      expect(await bench.shop.stores.attempts.list({ payment: session.payment })).toHaveLength(1);
      expect(bench.complaints).toEqual([]);
    });

    it('says that it is busy, and takes no second click meanwhile', async () => {
      const page = await bench.newPage();
      await page.goto(bench.address(await bench.sell()));
      await fillForm(page);
      const sent = await page.evaluate(() => {
        let count = 0;
        document.addEventListener('submit', (event) => {
          if (!event.defaultPrevented) count += 1;
          event.preventDefault();
        });
        for (let click = 0; click < 3; click += 1) document.querySelector<HTMLElement>('[data-pay-button]')?.click();
        return count;
      });
      expect(sent).toBe(1);
      expect(await page.textContent('[data-pay-button]')).toBe('One moment…');
    });

    it('goes on to the processor and back to the merchant without a violation', async () => {
      bench.shop.processor.charges.push('redirect');
      const page = await bench.newPage();
      const session = await bench.sell();
      await page.goto(bench.address(session));
      await fillForm(page);
      await page.click('[data-pay-button]');
      await page.waitForURL('https://processor.example/pay/**');
      bench.shop.processor.settle(await bench.lastAttempt(session), 'succeeded');
      await page.goto(`${bench.address(session)}/return`);
      await page.waitForSelector('text=Thank you');
      expect(bench.complaints).toEqual([]);
    });

    it('can be continued by a link after Back', async () => {
      bench.shop.processor.charges.push('redirect');
      const page = await bench.newPage();
      await page.goto(bench.address(await bench.sell()));
      await fillForm(page);
      await page.click('[data-pay-button]');
      await page.waitForURL('https://processor.example/pay/**');
      await page.goBack();
      await page.click('text=Continue to payment');
      await page.waitForURL('https://processor.example/pay/**');
      expect(bench.complaints).toEqual([]);
    });

    it('can be pressed again with other details instead', async () => {
      bench.shop.processor.charges.push('redirect');
      const session = await bench.sell();
      await bench.shop.pay(session);
      const page = await bench.newPage();
      await page.goto(bench.address(session));
      expect(await page.isVisible('#email')).toBe(false);
      await page.click('text=Pay with other details instead');
      await page.fill('#email', 'other@example.com');
      await pressPay(page);
      await page.waitForSelector('text=other@example.com');
    });

    it('works without scripts: update tax, decline, pay again', async () => {
      bench.shop.processor.charges.push('decline');
      const page = await bench.newPage({ ...DESK, javaScriptEnabled: false });
      const session = await bench.sell({}, { taxInclusive: false });
      await page.goto(bench.address(session));
      await page.fill('#email', TYPED.email);
      await page.fill('#name', TYPED.name);
      await page.selectOption('#country', 'DE');
      await page.click('noscript button');
      expect(await page.inputValue('#email')).toBe(TYPED.email);
      await page.click('[data-pay-button]');
      expect(await page.textContent('[role=alert]')).toContain('Your bank declined the payment.');
      await page.click('[data-pay-button]');
      expect(await page.textContent('h1')).toContain('Thank you');
      expect((await bench.shop.payment(session)).attempt?.frozen?.quote.total).toBe(1190);
    });
  });

  it('shows a slow payment as soon as it is decided, by itself', async () => {
    bench.shop.processor.charges.push('processing');
    const page = await bench.newPage();
    const session = await bench.sell();
    await page.goto(bench.address(session));
    await fillForm(page);
    await pressPay(page);
    expect(await page.textContent('h1')).toBe('Your payment is being processed');
    const attempt = await bench.lastAttempt(session);
    bench.shop.processor.settle(attempt, 'succeeded');
    await bench.shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await page.waitForSelector('text=Thank you', { timeout: 20_000 });
  });

  it('keeps the order beside the form on screens, and folds it on phones', async () => {
    const session = await bench.sell();
    const [desk, phone] = [await bench.newPage(DESK), await bench.newPage(PHONE_AT_NIGHT)];
    await Promise.all([desk.goto(bench.address(session)), phone.goto(bench.address(session))]);
    expect(await desk.isVisible('.totals')).toBe(true);
    expect(await desk.isVisible('.fold > summary')).toBe(false);
    expect(await phone.isVisible('.totals')).toBe(false);
    expect(await phone.isVisible('.amount')).toBe(true);
    await phone.click('.fold > summary');
    expect(await phone.isVisible('.totals')).toBe(true);
  });

  it('cannot be framed by another site', async () => {
    const page = await bench.newPage();
    const address = bench.address(await bench.sell());
    await page.route('https://evil.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${address}"></iframe>` }),
    );
    await page.goto('https://evil.example/');
    await page.waitForTimeout(500);
    expect(await page.frames()[1]?.locator('form').count()).toBe(0);
  });
});

it('loads one script, which is small', () => {
  expect(Buffer.byteLength(SCRIPT)).toBeLessThan(5 * 1024);
});
