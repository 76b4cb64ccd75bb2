import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import express from 'express';
import {
  DESK,
  PHONE_AT_NIGHT,
  barriers,
  browseCheckout,
  inChromium,
} from '../../../../test/support/checkout-browser.js';
import type { CheckoutBrowser } from '../../../../test/support/checkout-browser.js';
import { isSettled } from '../../../../test/support/running-shop.js';

inChromium('a ticket on the order page', () => {
  let bench: CheckoutBrowser;

  beforeAll(async () => {
    bench = await browseCheckout({ label: 'goods page', app: express() });
  }, 60_000);

  afterEach(() => bench.closePages());

  afterAll(() => bench.stop());

  it.each([
    ['at a desk', DESK],
    ['on a phone at night', PHONE_AT_NIGHT],
    ['on the narrowest phone', { viewport: { width: 320, height: 600 } }],
  ])('is a QR code to be scanned %s: dark on white, whole, and without a barrier', async (_where, context) => {
    bench.shop.goods.plans.push('ticket');
    const session = await bench.sell();
    await bench.shop.pay(session);
    await bench.shop.until(session, isSettled);
    const page = await bench.newPage(context);
    await page.goto(bench.address(session));
    const code = page.getByRole('img', { name: 'Ticket as a QR code' });
    const box = await code.boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(150);
    expect(box?.height).toBeCloseTo(box?.width ?? 0, 0);
    expect(await code.locator('rect').evaluate((rect) => getComputedStyle(rect).fill)).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await page.textContent('body')).toContain('8KQ2M-0ZT4A-9XW1C-V3H7E');
    expect(await barriers(page)).toEqual([]);
    expect(bench.complaints).toEqual([]);
  });
});
