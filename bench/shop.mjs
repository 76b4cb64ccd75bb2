import { createServer } from 'node:http';

/** What a settled purchase tells its merchant: paid, key created, two grants delivered. */
export const EVENTS_PER_PURCHASE = 4;

const PRODUCT = {
  name: 'Plug-in',
  tax_category: 'digital_products',
  price: { type: 'one_time_price', currency: 'EUR', price: 2000, tax_inclusive: true },
  license_key_enabled: true,
  license_key_activations_limit: 3,
  digital_product_delivery: { external_url: 'https://example.com/download', instructions: 'Unpack and enjoy.' },
};
const BILLING = { country: 'DE', city: 'Berlin', street: 'Street 1', zipcode: '10115' };
const CARD = { number: '4242424242424242', expiry: '12/40', cvc: '123', name: 'Ada Lovelace' };

/** A shop with one product (license key and download), one customer with a card on file, and an endpoint that takes its events. */
export async function openShop({ apiUrl, key, records }) {
  const call = caller({ apiUrl, key });
  const receiver = await countingReceiver();
  const { product_id: product } = await call({ path: '/products', body: PRODUCT });
  const { customer_id: customer } = await newCustomer(call, 'ada@example.com');
  await call({ path: '/webhooks', body: { url: receiver.url } });
  const checkout = (buyer) =>
    call({
      path: '/checkouts',
      body: { product_cart: [{ product_id: product, quantity: 1 }], billing_address: BILLING, confirm: true, ...buyer },
    });
  return {
    taken: receiver.taken,
    close: receiver.close,
    /** Charges the card on file: answered when the charge is through. */
    buyDirectly: () => checkout({ customer: { customer_id: customer }, payment_method_id: 'pm_card_visa' }),
    /** Begins a purchase on the processor's card page, by a buyer of its own. */
    async beginOnPage(number) {
      const { customer_id: id } = await newCustomer(call, `buyer${number}@example.com`);
      const begun = await checkout({ customer: { customer_id: id } });
      const [attempt] = await records.stores.attempts.list({ payment: begun.payment_id });
      return { ...begun, customer: id, page: attempt.outcome.action.url };
    },
    /** How many license keys a buyer has. */
    async keysOf(id) {
      return (await call({ path: `/license_keys?customer_id=${id}` })).items.length;
    },
    /** How many purchases are done, by the record. */
    settled: () => records.mongo.db.collection('payments').countDocuments({ 'state.value.stage': 'settled' }),
  };
}

/** Clicks Pay on the card page. */
export async function giveCard(page) {
  const { status } = await fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams(CARD) });
  if (status !== 303) throw new Error(`the card page answered ${status}`);
}

const newCustomer = (call, email) => call({ path: '/customers', body: { email, name: 'Ada Lovelace' } });

const caller =
  ({ apiUrl, key }) =>
  async ({ path, body }) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
    return response.json();
  };

async function countingReceiver() {
  let taken = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      taken += 1;
      response.end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    taken: () => taken,
    close: () => server.close(),
  };
}
