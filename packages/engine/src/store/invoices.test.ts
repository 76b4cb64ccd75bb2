import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { NOON, OTHER_BUSINESS, OTHER_MODE, aPayment } from '../../../../test/store/samples.js';
import type { Payment } from '../domain/payment.js';
import type { PaymentStore } from '../ports/payment-store.js';

let open: OpenStores;
let payments: PaymentStore;

beforeAll(async () => {
  open = await openStores('invoices');
  ({ payments } = open.stores);
});

afterAll(() => open.close());

const inserted = async (fields: Partial<Payment> = {}): Promise<Payment> => {
  const payment = aPayment(fields);
  await payments.insert(payment);
  return payment;
};

describe('invoice numbers', () => {
  const assign = ({ id, business, mode }: Payment) => {
    const invoice = `inv_${id.slice(4)}` as const;
    return payments.assignInvoice({ id, business, mode, invoice, at: NOON });
  };

  it('are distinct and without a gap for 20 payments at once', async () => {
    const scope = { business: 'bus_inv', mode: 'test' } as const;
    const made = await together(20, () => inserted(scope));
    const numbers = (await Promise.all(made.map(assign))).map(({ number }) => number);
    const expected = Array.from({ length: 20 }, (_, index) => `INV-${String(index + 1).padStart(6, '0')}`);
    expect([...numbers].sort()).toEqual(expected);
    const again = await Promise.all(made.map(assign));
    expect(again.map(({ number }) => number)).toEqual(numbers);
  });

  it('are one for a payment that asks 20 times at once, and on its record', async () => {
    const payment = await inserted({ business: 'bus_same' });
    const answers = await together(20, () => assign(payment));
    expect(new Set(answers.map(({ number }) => number))).toEqual(new Set(['INV-000001']));
    expect((await payments.find(payment.id))?.invoice).toEqual(answers[0]);
    expect(await open.db.collection('invoices').countDocuments({ business: 'bus_same' })).toBe(1);
  });

  it('go on after the last row when the hint at the newest number is lost or lags behind', async () => {
    const scope = { business: 'bus_hint', mode: 'test' } as const;
    for (let made = 0; made < 3; made += 1) await assign(await inserted(scope));
    const hints = open.db.collection<{ _id: string; number: number }>('invoice_newest');
    await hints.updateOne({ _id: JSON.stringify(['bus_hint', 'test']) }, { $set: { number: 1 } });
    expect((await assign(await inserted(scope))).number).toBe('INV-000004');
    await hints.deleteOne({ _id: JSON.stringify(['bus_hint', 'test']) });
    expect((await assign(await inserted(scope))).number).toBe('INV-000005');
  });

  it('are counted apart per business and mode', async () => {
    const [business, mode] = ['bus_apart', 'live'] as const;
    await assign(await inserted({ business }));
    expect((await assign(await inserted({ business, mode }))).number).toBe('INV-000001');
    expect((await assign(await inserted({ business }))).number).toBe('INV-000002');
  });

  it('survive a crash between the row and the record', async () => {
    const payment = await inserted({ business: 'bus_crash' });
    const first = await assign(payment);
    await open.db.collection<{ _id: string }>('payments').updateOne({ _id: payment.id }, { $set: { invoice: null } });
    expect(await assign(payment)).toEqual(first);
    expect((await payments.find(payment.id))?.invoice).toEqual(first);
  });

  it('are not given to a payment of another business or mode', async () => {
    const payment = await inserted();
    for (const scope of [OTHER_BUSINESS, OTHER_MODE])
      await expect(assign({ ...payment, ...scope })).rejects.toThrow('no payment');
  });
});
