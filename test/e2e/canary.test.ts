import { afterAll, beforeAll, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { eventually } from '../support/eventually.js';
import { textOf } from '../support/history-text.js';
import { payByForms } from './http-buyer.js';
import { addPlugIn } from './merchant.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

/** Words that stand nowhere else. */
const PERSON = {
  email: 'canary.bird@aviary.example',
  name: 'Serinus Canaria',
  phone_number: '+4930555777',
  street: 'Gelbfederweg 77',
  city: 'Vogelsang',
  zipcode: '98765',
} as const;
const [GOOD_CARD, BAD_CARD] = ['4242424242424242', '4000000000009995'];

let system: WholeSystem;
let client: DodoPayments;
let product: string;
let webhookSecret: string;

beforeAll(async () => {
  system = await startWholeSystem({ label: 'canary' });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  product = await addPlugIn(client);
  const endpoint = await client.webhooks.create({ url: `${system.url}/nowhere` });
  webhookSecret = (await client.webhooks.retrieveSecret(endpoint.id)).secret;
}, 60_000);

afterAll(() => system.close(), 60_000);

const openCheckout = () => {
  const { email, name, phone_number, street, city, zipcode } = PERSON;
  return client.checkoutSessions.create({
    product_cart: [{ product_id: product, quantity: 1 }],
    customer: { email, name, phone_number },
    billing_address: { country: 'DE', street, city, zipcode },
    customer_business_name: 'Aviary Limited',
    return_url: 'https://shop.example/thanks?buyer=canary-return',
  });
};

/** Declined, paid, handed over and refunded in full. */
const wholeStory = async () => {
  const { session_id, checkout_url } = await openCheckout();
  const checkoutUrl = checkout_url ?? '';
  await payByForms({ checkoutUrl, card: BAD_CARD, email: PERSON.email });
  await payByForms({ checkoutUrl, card: GOOD_CARD, email: PERSON.email });
  const payment = (await client.checkoutSessions.retrieve(session_id)).payment_id ?? '';
  const keys = await eventually(
    async () => (await client.licenseKeys.list({ page_number: 0, product_id: product })).items,
    ({ length }) => length === 1,
  );
  await client.refunds.create({ payment_id: payment, reason: 'the canary flew away' });
  await eventually(
    () => client.payments.retrieve(payment),
    ({ refund_status }) => refund_status === 'full',
  );
  return { session_id, payment, key: keys[0]?.key ?? '' };
};

it('lets no word about people, cards or keys into Temporal', async () => {
  const { session_id, payment, key } = await wholeStory();
  expect(key.length).toBeGreaterThan(20);
  const text = await textOf(system.temporal.workflow.getHandle(`purchase/${session_id}`));
  expect(text).toContain(payment);
  expect(text).toContain('INSUFFICIENT_FUNDS');
  const forbidden = [
    ...Object.values(PERSON),
    ...PERSON.name.split(' '),
    'ada@example.com',
    'Lovelace',
    'Aviary',
    'canary',
    'shop.example',
    GOOD_CARD,
    BAD_CARD,
    '"4242"',
    '"9995"',
    key,
    key.slice(0, 11),
    webhookSecret,
    `${system.url}/nowhere`,
    system.key,
    system.sandboxUrl,
  ];
  const spoken = forbidden.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
  expect(spoken).toEqual([]);
});
