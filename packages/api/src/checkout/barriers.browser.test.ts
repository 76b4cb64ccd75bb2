import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import express from 'express';
import {
  DESK,
  PHONE_AT_NIGHT,
  barriers,
  browseCheckout,
  chooseCountry,
  inChromium,
} from '../../../../test/support/checkout-browser.js';
import type { CheckoutBrowser } from '../../../../test/support/checkout-browser.js';
import { isSettled } from '../../../../test/support/running-shop.js';

inChromium('in a browser', () => {
  let bench: CheckoutBrowser;

  beforeAll(async () => {
    bench = await browseCheckout({ label: 'checkout barriers', app: express() });
  }, 60_000);

  beforeEach(() => {
    bench.shop.processor.charges.length = 0;
  });

  afterEach(() => bench.closePages());

  afterAll(() => bench.stop());

  describe('every state of the page', () => {
    const states: Readonly<Record<string, () => Promise<Session>>> = {
      payable: () =>
        bench.sell(
          { cancelUrl: 'https://bench.shop.example/cart' },
          { discountBps: 2500, quantity: 2, description: 'About it' },
        ),
      declined: async () => {
        bench.shop.processor.charges.push('decline');
        const session = await bench.sell();
        await bench.shop.pay(session);
        return session;
      },
      'to be continued': async () => {
        bench.shop.processor.charges.push('redirect');
        const session = await bench.sell();
        await bench.shop.pay(session);
        return session;
      },
      processing: async () => {
        bench.shop.processor.charges.push('processing');
        const session = await bench.sell();
        await bench.shop.pay(session);
        return session;
      },
      paid: async () => {
        const session = await bench.sell({ returnUrl: 'https://bench.shop.example/thanks' });
        await bench.shop.pay(session);
        await bench.shop.until(session, isSettled);
        return session;
      },
      expired: () => bench.sell({ expiresAt: new Date(0) }),
    };

    it.each(Object.keys(states))('is free of barriers, on a screen by day and a phone at night: %s', async (name) => {
      const session = await states[name]?.();
      for (const options of [DESK, PHONE_AT_NIGHT]) {
        const page = await bench.newPage(options);
        await page.goto(session ? bench.address(session) : '');
        if (name === 'payable') await chooseCountry(page, 'US');
        await page.locator('details').evaluateAll((folded) => folded.forEach((each) => each.setAttribute('open', '')));
        expect(await barriers(page)).toEqual([]);
      }
      expect(bench.complaints).toEqual([]);
    });

    it('is large enough for fingers', async () => {
      const page = await bench.newPage(PHONE_AT_NIGHT);
      await page.goto(bench.address(await bench.sell({ cancelUrl: 'https://bench.shop.example/cart' })));
      await chooseCountry(page, 'US');
      await page.check('[name=business]');
      const small = await page
        .locator('button:visible, select:visible, input:visible, summary:visible, a:visible')
        .evaluateAll((targets) =>
          targets
            .map((target) => target.closest('label') ?? target)
            .filter((target) => target.getBoundingClientRect().height < 44)
            .map((target) => target.outerHTML),
        );
      expect(small).toEqual([]);
    });

    it('has errors beside the fields, free of barriers, with the list in focus', async () => {
      const page = await bench.newPage();
      await page.goto(bench.address(await bench.sell()));
      await page.locator('form[data-pay]').evaluate((form) => form.setAttribute('novalidate', ''));
      await page.click('[data-pay-button]');
      await page.waitForSelector('#email-error');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
      expect(await barriers(page)).toEqual([]);
    });
  });
});
