import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { eventually } from '../support/eventually.js';
import type { Environment } from './environment.js';
import { payByForms } from './http-buyer.js';
import { openInbox } from './webhook-inbox.js';
import type { WebhookInbox } from './webhook-inbox.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const VISA = '4242424242424242';

let system: WholeSystem;
let inbox: WebhookInbox;
let client: DodoPayments;

beforeAll(async () => {
  [system, inbox] = await Promise.all([
    startWholeSystem({ label: 'foreign goods', configured: withTickets }),
    openInbox(),
  ]);
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  await client.webhooks.create({ url: inbox.url });
}, 60_000);

afterAll(async () => {
  await system.close();
  await inbox.close();
}, 60_000);

/** A configuration as an operator writes it, with the plugin of a stranger in it. Answers its path. */
async function withTickets({
  FILES_DIR,
  SANDBOX_URL: origin,
  SANDBOX_SECRET_KEY: secretKey,
  SANDBOX_WEBHOOK_SECRET: webhookSecret,
}: Environment & { readonly SANDBOX_URL: string }): Promise<string> {
  const source = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const file = join(FILES_DIR, 'payonce.config.mjs');
  await writeFile(
    file,
    `import { bundledPlugins, bundledRoutes } from ${source('../../packages/plugins/bundled/src/index.ts')};
    import { ticketDesk } from ${source('../support/ticket-desk.ts')};
    const options = { sandbox: ${JSON.stringify({ origin, secretKey, webhookSecret })} };
    export default { plugins: [...bundledPlugins(options), ticketDesk().plugin], routes: bundledRoutes(options) };`,
  );
  return file;
}

/** Sells a ticket for an event by the official client. Answers the entitlement and the payment. */
async function sell(event: string, email: string) {
  // The client's types know the closed list of integrations; what is ours goes along beside.
  const ours = { provider: 'desk', settings: { event } };
  const entitlement = await client.entitlements.create({
    name: `Seat at ${event}`,
    integration_type: 'feature_flag',
    integration_config: { feature_type: 'boolean', feature_id: 'desk' },
    ...ours,
  });
  const { product_id } = await client.products.create({
    name: event,
    tax_category: 'digital_products',
    price: {
      type: 'one_time_price',
      currency: 'EUR',
      price: 2500,
      discount: 0,
      tax_inclusive: true,
      purchasing_power_parity: false,
    },
    entitlements: [{ entitlement_id: entitlement.id }],
  });
  const { session_id, checkout_url } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    customer: { email, name: 'Ann Buyer' },
  });
  await payByForms({ checkoutUrl: checkout_url ?? '', card: VISA, email });
  const { payment_id } = await client.checkoutSessions.retrieve(session_id);
  return { entitlement: entitlement.id, product: product_id, session: session_id, payment: payment_id ?? '' };
}

const grantsOf = async (entitlement: string) => (await client.entitlements.grants.list(entitlement)).items;
const pageOf = async (session: string): Promise<string> => (await fetch(`${system.url}/session/${session}`)).text();

describe('goods of a plugin that a stranger wrote, sold by the official client', () => {
  it('are shown on the product, delivered, announced and on the page of the order', async () => {
    const { entitlement, product, session, payment } = await sell('Concert', 'ann@example.com');
    expect((await client.products.retrieve(product)).entitlements).toMatchObject([
      { id: entitlement, name: 'Seat at Concert', integration_type: 'feature_flag' },
    ]);
    const content = [{ label: 'Ticket for Concert', value: 'seat 7', url: 'https://desk.example/t', qr: true }];
    const [grant] = await eventually(
      () => grantsOf(entitlement),
      ([first]) => first?.status === 'Delivered',
    );
    expect(grant).toMatchObject({ payment_id: payment, provider: 'desk', content });
    expect(await client.payments.retrieve(payment)).toMatchObject({ status: 'succeeded', total_amount: 2500 });
    const told = await eventually(
      async () => inbox.about(grant?.id ?? '').filter(({ type }) => type === 'entitlement_grant.delivered'),
      (events) => events.length > 0,
    );
    expect(JSON.parse(told[0]?.body ?? '')).toMatchObject({ data: { id: grant?.id, content } });
    expect(await pageOf(session)).toContain('seat 7');
  });

  it('that are left for later are handed over by an action, and the purchase goes on', async () => {
    const { entitlement, session } = await sell('Later', 'bob@example.com');
    const [pending] = await eventually(
      () => grantsOf(entitlement),
      ([first]) => first?.status === 'Pending',
    );
    await eventually(
      () => pageOf(session),
      (page) => page.includes('the box office'),
    );
    const answer = await client.post('/fulfillment_providers/desk/actions/hand_over', {
      body: { grants: [pending?.id], word: 'row 1' },
    });
    expect(answer).toEqual({ handed_over: 1 });
    const content = [expect.objectContaining({ label: 'Ticket for Later', value: 'row 1' })];
    expect(await grantsOf(entitlement)).toMatchObject([{ id: pending?.id, status: 'Delivered', content }]);
    const told = await eventually(
      async () => inbox.about(pending?.id ?? '').filter(({ type }) => type === 'entitlement_grant.delivered'),
      (events) => events.length > 0,
    );
    expect(told).toHaveLength(1);
    expect(await pageOf(session)).toContain('row 1');
  });
});
