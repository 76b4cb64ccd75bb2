import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { BUYER, NOON, aPayment, aShownAttempt, after } from '../../../../test/store/samples.js';
import type { Payment } from '../domain/payment.js';
import type { PaymentStore } from '../ports/payment-store.js';

let open: OpenStores;
let payments: PaymentStore;

beforeAll(async () => {
  open = await openStores('payments list');
  ({ payments } = open.stores);
});

afterAll(() => open.close());

const inserted = (fields: Partial<Payment>): Promise<void> => payments.insert(aPayment(fields));

describe('the list of payments', () => {
  const scope = { business: 'bus_list', mode: 'test' } as const;
  const listed = async (filter: Partial<Parameters<PaymentStore['list']>[0]> = {}): Promise<string[]> =>
    (await payments.list({ ...scope, page: { number: 0, size: 100 }, ...filter })).map(({ id }) => id);

  beforeAll(async () => {
    const shown = { ...scope, attempt: aShownAttempt() };
    await inserted({ ...shown, id: 'pay_a', createdAt: NOON, status: 'failed' });
    await inserted({
      ...shown,
      id: 'pay_c',
      createdAt: after(5),
      brand: 'brnd_2',
      customer: { ...BUYER, id: 'cus_9' },
    });
    await inserted({ ...shown, id: 'pay_b', createdAt: after(5), currency: 'USD' });
    await inserted({ ...shown, id: 'pay_d', createdAt: after(9), products: [{ product: 'pdt_9', quantity: 1 }] });
    await inserted({ ...scope, id: 'pay_unseen', createdAt: after(9) });
  });

  it('is newest first with ties by id, without payments that nobody tried to pay', async () => {
    expect(await listed()).toEqual(['pay_d', 'pay_c', 'pay_b', 'pay_a']);
  });

  it('comes in pages that neither overlap nor skip', async () => {
    const pages = await together(3, (number) => listed({ page: { number, size: 2 } }));
    expect(pages).toEqual([['pay_d', 'pay_c'], ['pay_b', 'pay_a'], []]);
  });

  it('is narrowed by each filter', async () => {
    expect(await listed({ status: 'failed' })).toEqual(['pay_a']);
    expect(await listed({ customer: 'cus_9' })).toEqual(['pay_c']);
    expect(await listed({ currency: 'USD' })).toEqual(['pay_b']);
    expect(await listed({ product: 'pdt_9' })).toEqual(['pay_d']);
    expect(await listed({ brand: 'brnd_2' })).toEqual(['pay_c']);
    expect(await listed({ createdFrom: after(5), createdTo: after(5) })).toEqual(['pay_c', 'pay_b']);
  });

  it('refuses a page that is none', async () => {
    for (const page of [
      { number: -1, size: 10 },
      { number: 0, size: 0 },
      { number: 0, size: 101 },
      { number: 0.5, size: 1 },
    ]) {
      await expect(listed({ page })).rejects.toThrow(RangeError);
    }
  });
});
