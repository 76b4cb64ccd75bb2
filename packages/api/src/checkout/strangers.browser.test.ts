import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import express from 'express';
import { browseCheckout, fillForm, inChromium, pressPay } from '../../../../test/support/checkout-browser.js';
import type { CheckoutBrowser } from '../../../../test/support/checkout-browser.js';
import type { Page } from 'playwright-core';
import { isSettled } from '../../../../test/support/running-shop.js';
import { XSS_PAYLOADS } from '../../../../test/support/xss-payloads.js';

inChromium('in a browser', () => {
  let bench: CheckoutBrowser;

  beforeAll(async () => {
    bench = await browseCheckout({ label: 'checkout strangers', app: express() });
  }, 60_000);

  beforeEach(() => {
    bench.shop.processor.charges.length = 0;
  });

  afterEach(() => bench.closePages());

  afterAll(() => bench.stop());

  const isHacked = (page: Page) => page.evaluate(() => 'hacked' in globalThis);

  it('runs nothing that stands in names and descriptions, before and after the payment', async () => {
    const [like] = (await bench.shop.newSession()).lines;
    const entitlements = (index: number) => (index % 8 === 0 ? (like?.entitlements ?? []) : []);
    const lines = like
      ? XSS_PAYLOADS.map((name, index) => ({
          ...like,
          id: `line_${index}`,
          name,
          description: name,
          entitlements: entitlements(index),
        }))
      : [];
    const session = await bench.sell({ lines });
    const page = await bench.newPage();
    await page.goto(bench.address(session));
    expect(await page.locator('.line-name').allTextContents()).toEqual(XSS_PAYLOADS);
    await fillForm(page);
    await page.fill('#name', XSS_PAYLOADS[0] ?? '');
    await pressPay(page);
    await bench.shop.until(session, isSettled);
    await page.reload();
    const granted = XSS_PAYLOADS.filter((_text, index) => index % 8 === 0);
    expect((await page.locator('.good-name').allTextContents()).toSorted()).toEqual(granted.toSorted());
    expect(await page.locator('.line-name').allTextContents()).toEqual(XSS_PAYLOADS);
    expect(await page.textContent('.facts')).toContain(XSS_PAYLOADS[0]);
    expect(await isHacked(page)).toBe(false);
    expect(bench.complaints).toEqual([]);
  }, 120_000);

  it('runs nothing that stands in a form and comes back', async () => {
    const page = await bench.newPage();
    const address = bench.address(await bench.sell());
    const fields = ['email', 'name', 'zipcode', 'business_name', 'tax_id'];
    for (let start = 0; start < XSS_PAYLOADS.length; start += fields.length) {
      const typed = fields.map((name, index) => [name, XSS_PAYLOADS[start + index] ?? 'x'] as const);
      await page.goto(address);
      await page.locator('form[data-pay]').evaluate((form, values) => {
        const sent = document.createElement('form');
        Object.assign(sent, { method: 'post', action: form.getAttribute('action') ?? '' });
        for (const [name, value] of [
          ...values,
          ['token', (form as HTMLFormElement)['token'].value],
          ['business', 'yes'],
        ]) {
          const input = document.createElement('input');
          sent.append(Object.assign(input, { type: 'hidden', name, value }));
        }
        document.body.append(sent);
        sent.submit();
      }, typed);
      await page.waitForSelector('[role=alert]');
      for (const [name, value] of typed)
        expect(await page.inputValue(`#${name}`)).toBe(value.replace(/[\n\r]/g, '').trim());
      expect(await isHacked(page)).toBe(false);
    }
    expect(bench.complaints).toEqual([]);
  }, 120_000);
});
