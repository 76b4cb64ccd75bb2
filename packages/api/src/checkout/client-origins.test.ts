import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadPlugins } from '@payonce/engine/plugins';
import { PROCESSOR_ADAPTER, TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import type { ClientConfig, ProcessorAdapter } from '@payonce/plugin-sdk';
import express from 'express';
import { z } from 'zod';
import { hostCheckout, openSession } from '../../../../test/support/hosted-checkout.js';
import type { HostedCheckout } from '../../../../test/support/hosted-checkout.js';
import { openShop } from '../../../../test/support/shop.js';
import type { Shop } from '../../../../test/support/shop.js';
import { unreachablePurchases } from '../../../../test/support/unreachable-purchases.js';

const logged: string[] = [];
const logger = {
  debug() {},
  info() {},
  warn: (fields: Readonly<Record<string, unknown>>, message: string) =>
    void logged.push(`${message} ${String(fields['code'])}`),
  error() {},
};
const unasked = async (): Promise<never> => Promise.reject(new Error('not asked in this test'));
let answer: () => unknown = () => undefined;

const adapter = (id: string, clientConfig?: () => unknown): ProcessorAdapter => ({
  id,
  displayName: id,
  capabilities: {
    currencies: 'all',
    notFoundFinalAfterSeconds: 0,
    idempotencyKeyLifeSeconds: 60,
    minimumAmount: {},
    webhooks: false,
    paymentProvider: 'dodo',
  },
  createPayment: unasked,
  retrievePayment: unasked,
  cancel: unasked,
  refund: unasked,
  retrieveRefund: unasked,
  parseWebhook: unasked,
  ...(clientConfig && { clientConfig: () => clientConfig() as ClientConfig }),
});

const plugin = definePlugin({
  name: 'processors',
  version: '1.0.0',
  contractVersion: 1,
  options: z.strictObject({}),
  register(registry) {
    registry.add(TAX_CALCULATOR, { id: 'flat', calculate: unasked });
    registry.add(
      PROCESSOR_ADAPTER,
      adapter('told', () => answer()),
    );
    registry.add(PROCESSOR_ADAPTER, adapter('plain'));
    registry.add(
      PROCESSOR_ADAPTER,
      adapter('second', () => ({ scriptOrigins: ['https://js.second.example'], frameOrigins: [], connectOrigins: [] })),
    );
  },
});

let shop: Shop;
let checkout: HostedCheckout;

beforeAll(async () => {
  shop = await openShop('checkout client origins');
  const { processor } = await loadPlugins({
    plugins: [plugin()],
    routes: { processor: {}, tax: 'flat' },
    logger,
  });
  checkout = await hostCheckout({
    app: express(),
    shop,
    client: unreachablePurchases,
    replace: { plugins: { tax: shop.plugins.tax, processor } },
  });
});

afterAll(async () => {
  await checkout.close();
  await shop.close();
});

/** The policy of a page that offers to pay, by directive. */
async function policy(servedBy: object = { processor: 'told' }): Promise<Readonly<Record<string, string>>> {
  const session = await openSession({
    shop,
    client: unreachablePurchases,
    part: { servedBy: { processor: 'told', taxCalculator: 'flat', plugins: [], ...servedBy } },
  });
  const response = await fetch(`${checkout.origin}/session/${session.id}`);
  expect(response.status).toBe(200);
  const directives = (response.headers.get('content-security-policy') ?? '').split('; ').map((each) => each.split(' '));
  expect(new Set(directives.map(([name]) => name)).size).toBe(directives.length);
  return Object.fromEntries(directives.map(([name, ...values]) => [name, values.join(' ')]));
}

const asking = (own: Partial<ClientConfig>) => () => ({
  scriptOrigins: [],
  frameOrigins: [],
  connectOrigins: [],
  ...own,
});

describe('the policy of a page that offers to pay', () => {
  it('lets in what the processor asks for, each where it asks', async () => {
    answer = asking({
      scriptOrigins: ['https://js.example.com'],
      frameOrigins: ['https://frames.example.com:8443'],
      connectOrigins: ['https://api.example.com'],
    });
    expect(await policy()).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self' https://js.example.com",
      'frame-src': "'self' https://frames.example.com:8443",
      'connect-src': "'self' https://api.example.com",
    });
  });

  it('lets in what everybody asks for who may take the money', async () => {
    answer = asking({ scriptOrigins: ['https://js.example.com'] });
    const routed = { processorRules: [{ use: 'second', countries: ['CH'] }] };
    expect((await policy(routed))['script-src']).toBe("'self' https://js.second.example https://js.example.com");
  });

  it('lets in nothing for a processor that asks for nothing, or is gone', async () => {
    for (const processor of ['plain', 'gone'])
      expect(await policy({ processor })).toMatchObject({ 'script-src': "'self'", 'connect-src': "'self'" });
  });

  it.each([
    "https://a.example; script-src 'unsafe-inline'",
    'https://a.example;script-src-elem',
    "https://a.example 'unsafe-eval'",
    'https://a.example,https://b.example',
    'https://*.example',
    'https://*',
    '*',
    "'unsafe-inline'",
    'data:',
    'http://a.example',
    'https://a.example/path',
    'https://user@a.example',
    'https://a.example\r\nSet-Cookie: a=b',
    'HTTPS://A.EXAMPLE',
    `https://${'a'.repeat(300)}.example`,
    '',
  ])('lets in nothing at all from a processor that asks for %j, and logs it', async (origin) => {
    answer = asking({
      scriptOrigins: ['https://fine.example', origin],
      frameOrigins: [origin],
      connectOrigins: [origin],
    });
    logged.length = 0;
    const found = await policy();
    expect(found).toMatchObject({ 'script-src': "'self'", 'connect-src': "'self'" });
    expect(found).not.toHaveProperty('frame-src');
    expect(logged).toEqual(['plugin call failed plugin_answer_invalid']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['answers nothing', () => null],
    ['never answers', () => new Promise(() => undefined)],
    [
      'asks for a thousand',
      asking({ scriptOrigins: Array.from({ length: 1000 }, (_, at) => `https://a${at}.example`) }),
    ],
  ])('is the usual one when the processor %s', async (_, told) => {
    answer = told;
    expect(await policy()).toMatchObject({ 'script-src': "'self'", 'connect-src': "'self'" });
  });

  it('takes no directives from the address that a merchant leads back to either', async () => {
    answer = asking({});
    const session = await openSession({
      shop,
      client: unreachablePurchases,
      part: { returnUrl: 'https://shop.example;sandbox/thanks' },
    });
    const { headers } = await fetch(`${checkout.origin}/session/${session.id}`);
    expect(headers.get('content-security-policy')).not.toContain('sandbox');
  });
});
