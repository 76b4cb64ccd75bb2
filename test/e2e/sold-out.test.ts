import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PaymentId } from '@payonce/engine/domain';
import DodoPayments from 'dodopayments';
import { eventually } from '../support/eventually.js';
import { openBoxOffice } from './box-office.js';
import type { BoxOffice } from './box-office.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const SEATS = 10;
const BUYERS = 100;
/** A hundred purchases keep a small machine busy for a while. */
const PATIENCE_MS = 120_000;
const SOLD_OUT = 'Letterpress is sold out.';

type Decision = 'sold' | 'sold out';

let system: WholeSystem;
let office: BoxOffice;

beforeAll(async () => {
  system = await startWholeSystem({ label: 'sold out' });
  office = openBoxOffice(system);
}, 60_000);

afterAll(() => system.close(), 60_000);

async function newBuyer(index: number): Promise<string> {
  const buyer = { email: `buyer-${index}@example.com`, name: 'Ann Buyer' };
  return (await office.client.customers.create(buyer)).customer_id;
}

/** Pays at once with a card that always works. A busy machine may answer before it is decided who gets the seat: then it is looked up. */
async function buy(product_id: string, customer_id: string): Promise<Decision> {
  try {
    const { payment_id } = await office.client.checkoutSessions.create({
      product_cart: [{ product_id, quantity: 1 }],
      customer: { customer_id },
      billing_address: { country: 'DE' },
      confirm: true,
      payment_method_id: 'pm_card_visa',
    });
    return await decisionOn(payment_id as PaymentId);
  } catch (error) {
    if (error instanceof DodoPayments.ConflictError && error.message.includes(SOLD_OUT)) return 'sold out';
    throw error;
  }
}

/** Waits as long as it takes: the test has a time of its own. */
async function decisionOn(payment: PaymentId): Promise<Decision> {
  for (;;) {
    const [attempt] = await system.stores.attempts.list({ payment });
    if (attempt?.outcome?.status === 'succeeded') return 'sold';
    if (attempt?.soldOut === SOLD_OUT) return 'sold out';
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** What really moved, by the sandbox's own books. */
async function charges(): Promise<readonly { readonly amount: number }[]> {
  const response = await fetch(`${system.sandboxUrl}/v1/ledger`, {
    headers: { authorization: `Bearer ${system.sandboxKey}` },
  });
  const { entries } = (await response.json()) as { entries: { kind: string; amount: number }[] };
  return entries.filter(({ kind }) => kind === 'charge');
}

describe('a hundred buyers of ten seats', () => {
  it('get exactly ten, and exactly ten are charged', async () => {
    const event = await office.addEvent(SEATS);
    const buyers = await Promise.all(Array.from({ length: BUYERS }, (_, index) => newBuyer(index)));
    const outcomes = await Promise.all(buyers.map((buyer) => buy(event, buyer)));
    expect(outcomes.filter((outcome) => outcome === 'sold')).toHaveLength(SEATS);
    expect(outcomes.filter((outcome) => outcome === 'sold out')).toHaveLength(BUYERS - SEATS);
    expect(await charges()).toEqual(Array.from({ length: SEATS }, () => expect.objectContaining({ amount: 4900 })));
    const paid = async () =>
      (await office.client.payments.list({ product_id: event, page_size: 100 })).items.filter(
        ({ status }) => status === 'succeeded',
      ).length;
    expect(await eventually(paid, (count) => count === SEATS, PATIENCE_MS)).toBe(SEATS);
    const answer = await eventually(
      () => office.act('attendees', { event }),
      ({ body }) => statesIn(body).filter((state) => state === 'valid').length === SEATS,
      PATIENCE_MS,
    );
    expect(statesIn(answer.body)).toHaveLength(SEATS);
    expect((await office.act('availability', { event })).body).toMatchObject({ sold: SEATS, held: 0, left: 0 });
  }, 400_000);
});

const statesIn = ({ items }: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Array.isArray(items) ? items.map((item: { readonly state?: unknown }) => item.state) : [];
