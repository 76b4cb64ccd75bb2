import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { purchaseWorkflowId, resolveUpdate } from '@payonce/engine/messages';
import DodoPayments from 'dodopayments';
import { TYPED, buyerAt } from '../support/checkout-buyer.js';
import type { BuyerPage } from '../support/checkout-buyer.js';
import { eventually } from '../support/eventually.js';
import { addPlugIn } from './merchant.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const CONFIG = fileURLToPath(new URL('bank-transfer/payonce.config.mjs', import.meta.url));
const PRICE = 1900;

let system: WholeSystem;
let client: DodoPayments;
let product_id: string;

beforeAll(async () => {
  system = await startWholeSystem({ label: 'bank transfer', configured: async () => CONFIG });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  product_id = await addPlugIn(client);
}, 60_000);

afterAll(() => system.close(), 60_000);

interface Order {
  readonly session: string;
  readonly path: string;
  readonly page: BuyerPage;
  /** What the buyer is asked to quote. */
  readonly number: string;
}

/** A buyer presses Pay on the hosted page, and reads where to send the money. */
async function order(typed: Readonly<Record<string, string>> = {}): Promise<Order> {
  const { session_id: session } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    customer: { email: TYPED.email, name: TYPED.name },
  });
  const buyer = buyerAt(system.url);
  const path = `/session/${session}`;
  const form = await buyer.get(path);
  const priced = await buyer.post(`${path}/quote`, { ...form.fields, ...TYPED, ...typed });
  expect(await buyer.post(`${path}/pay`, priced.fields)).toMatchObject({ status: 303 });
  const page = await buyer.get(path);
  return { session, path, page, number: /TR-[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(page.text)?.[0] ?? 'no reference' };
}

async function act(name: string, input: object) {
  const response = await fetch(`${system.url}/processors/manual/actions/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

let line = 0;
const markPaid = ({ number }: Order, amount: number) =>
  act('mark_paid', {
    reference: number,
    amount,
    currency: 'EUR',
    evidence: `line ${(line += 1)} of the statement`,
    actor: 'ann',
  });

const paymentOf = async ({ session }: Order) => {
  const { payment_id } = await client.checkoutSessions.retrieve(session);
  return client.payments.retrieve(payment_id ?? '');
};
const untilStatus = (of: Order, status: string) =>
  eventually(
    () => paymentOf(of),
    (payment) => payment.status === status,
  );
const textOf = async ({ path }: Order) => (await buyerAt(system.url).get(path)).text;
const untilGoods = (of: Order) =>
  eventually(
    () => textOf(of),
    (text) => text.includes('Up to 1 activation'),
  );

interface Waiting {
  readonly reference: string;
  readonly payment: string;
}

/** What an operator still has to send back for an order. */
async function waitingRefunds({ number }: Order): Promise<readonly Waiting[]> {
  const { body } = await act('list_refunds', {});
  const refunds: readonly Waiting[] = body.refunds;
  return refunds.filter(({ payment }) => payment === number);
}

describe('a purchase by bank transfer', () => {
  it('shows the buyer how to pay, and waits', async () => {
    const made = await order();
    expect(made.page.text).toContain('IBAN DE89 3704 0044 0532 0130 00');
    expect(made.page.text).toContain('Amount 19.00 EUR');
    expect(made.page.text).toContain(`Payment reference ${made.number}`);
    expect(await paymentOf(made)).toMatchObject({ status: 'processing' });
    const { body } = await act('list_open', {});
    expect(body).toMatchObject({
      payments: expect.arrayContaining([expect.objectContaining({ reference: made.number })]),
    });
    expect((await order({ country: 'NL' })).page.text).toContain('IBAN NL91');
  });

  it('hands over what was paid for exactly, and once', async () => {
    const made = await order();
    expect(await markPaid(made, PRICE)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    await untilStatus(made, 'succeeded');
    await untilGoods(made);
    expect(await markPaid(made, PRICE)).toMatchObject({ status: 409, body: { code: 'ALREADY_PAID' } });
  });

  it('holds less than was asked for, until an operator accepts it', async () => {
    const made = await order();
    await markPaid(made, PRICE - 100);
    await untilStatus(made, 'requires_merchant_action');
    expect(await textOf(made)).toContain('The seller is looking at your payment');
    const accept = { case: 'mismatch', action: 'accept', evidence: 'close enough', actor: 'ann' } as const;
    await system.temporal.workflow
      .getHandle(purchaseWorkflowId(made.session as `cks_${string}`))
      .executeUpdate(resolveUpdate, { args: [accept] });
    await untilStatus(made, 'succeeded');
    await untilGoods(made);
  });

  it('gives back less than was asked for, when an operator decides so and makes the transfer', async () => {
    const made = await order();
    await markPaid(made, 100);
    await untilStatus(made, 'requires_merchant_action');
    const refund = { case: 'mismatch', action: 'refund', evidence: 'too little', actor: 'ann' } as const;
    await system.temporal.workflow
      .getHandle(purchaseWorkflowId(made.session as `cks_${string}`))
      .executeUpdate(resolveUpdate, { args: [refund] });
    const [back] = await eventually(
      () => waitingRefunds(made),
      (refunds) => refunds.length === 1,
    );
    expect(back).toMatchObject({ amount: 100, currency: 'EUR' });
    const noted = { reference: back?.reference, evidence: 'transfer 8', actor: 'ann' };
    expect(await act('mark_refunded', noted)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    await untilStatus(made, 'cancelled');
  });

  it('hands over when more came, keeps the rest refundable, and settles the refund once it was transferred', async () => {
    const made = await order();
    await markPaid(made, PRICE + 500);
    const { payment_id } = await untilStatus(made, 'succeeded');
    await untilGoods(made);
    const { refund_id } = await client.refunds.create({ payment_id });
    expect(await client.refunds.retrieve(refund_id)).toMatchObject({ status: 'pending', amount: PRICE + 500 });
    const noted = { reference: refund_id, evidence: 'transfer 9', actor: 'ann' };
    expect(await act('mark_refunded', noted)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    await eventually(
      () => client.refunds.retrieve(refund_id),
      (refund) => refund.status === 'succeeded',
    );
    expect(await act('mark_refunded', noted)).toMatchObject({ status: 409, body: { code: 'ALREADY_NOTED' } });
  });

  it('leaves the session payable when an operator closes it unpaid', async () => {
    const made = await order();
    const closing = { reference: made.number, reason: 'the buyer called', actor: 'ann' };
    expect(await act('mark_failed', closing)).toMatchObject({ status: 200, body: { status: 'failed' } });
    await untilStatus(made, 'failed');
    expect(await textOf(made)).toContain('The payment did not go through');
  });
});
