import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { cuttingProxy } from './cutting-proxy.js';
import { addPlugIn } from './merchant.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

let system: WholeSystem;
let client: DodoPayments;

beforeAll(async () => {
  system = await startWholeSystem({ label: 'sdk refusals' });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
}, 60_000);

afterAll(() => system.close(), 60_000);

describe('what the official client throws', () => {
  const refusals: Readonly<
    Record<string, { readonly call: () => Promise<unknown>; readonly error: Function; readonly code: string }>
  > = {
    'a payment that is not there': {
      call: () => client.payments.retrieve('pay_000000000000000000000'),
      error: DodoPayments.NotFoundError,
      code: 'NOT_FOUND',
    },
    'a key that is not ours': {
      call: () => new DodoPayments({ bearerToken: 'wrong', baseURL: system.url }).payments.list(),
      error: DodoPayments.AuthenticationError,
      code: 'UNAUTHORIZED',
    },
    'a cart without products': {
      call: () => client.checkoutSessions.create({ product_cart: [] }),
      error: DodoPayments.UnprocessableEntityError,
      code: 'INVALID_REQUEST_BODY',
    },
    'a refund of a payment that is not there': {
      call: () => client.refunds.create({ payment_id: 'pay_000000000000000000000' }),
      error: DodoPayments.NotFoundError,
      code: 'NOT_FOUND',
    },
    'a license key that nobody has': {
      call: () => client.licenses.activate({ license_key: 'NOBODYS-KEY', name: 'laptop' }),
      error: DodoPayments.NotFoundError,
      code: 'LICENSE_KEY_NOT_FOUND',
    },
  };

  it.each(Object.entries(refusals))('is of its own class and has our code: %s', async (_, { call, error, code }) => {
    const thrown = await call().catch((refused: unknown) => refused);
    expect(thrown).toBeInstanceOf(error);
    expect(thrown).toMatchObject({ error: { code } });
  });
});

it('makes one session when the answer is lost and the client repeats by itself', async () => {
  const product_id = await addPlugIn(client);
  const sessions = () => system.database.collection('sessions').countDocuments();
  const before = await sessions();
  const proxy = await cuttingProxy({ target: system.url, cutWhen: async () => (await sessions()) > before });
  const through = new DodoPayments({ bearerToken: system.key, baseURL: proxy.url });
  const created = await through.checkoutSessions.create({ product_cart: [{ product_id, quantity: 1 }] });
  await proxy.close();
  expect(proxy.connections()).toBe(2);
  expect(await sessions()).toBe(before + 1);
  expect(await client.checkoutSessions.retrieve(created.session_id)).toMatchObject({ id: created.session_id });
});
