import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { BUYER, NOON, aPayment, aRefund, after } from '../../../../test/store/samples.js';
import type { Payment } from '../domain/payment.js';
import type { Refund } from '../domain/refund.js';
import type { PaymentStore } from '../ports/payment-store.js';

let open: OpenStores;
let payments: PaymentStore;

beforeAll(async () => {
  open = await openStores('refunds');
  ({ payments } = open.stores);
});

afterAll(() => open.close());

const inserted = async (fields: Partial<Payment> = {}): Promise<Payment> => {
  const payment = aPayment(fields);
  await payments.insert(payment);
  return payment;
};

describe('replacing the refunds', () => {
  it('is won by one of 30 who read the same revision', async () => {
    const { id } = await inserted();
    const refunds = await together(30, async (index) => aRefund({ id: `ref_${index}` as const }));
    const won = await Promise.all(
      refunds.map((refund) => payments.replaceRefunds({ id, revision: 0, refunds: [refund] })),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    const { refunds: stored, refundRevision } = await payments.find(id).then((found) => found ?? aPayment());
    expect({ stored, refundRevision }).toEqual({ stored: [refunds[won.indexOf(true)]], refundRevision: 1 });
  });

  it('never loses one of 30 refunds that each read again when they were late', async () => {
    const { id } = await inserted();
    const add = async (refund: Refund): Promise<void> => {
      const { refunds, refundRevision: revision } = (await payments.find(id)) ?? aPayment();
      if (!(await payments.replaceRefunds({ id, revision, refunds: [...refunds, refund] }))) await add(refund);
    };
    await together(30, (index) => add(aRefund({ id: `ref_${index}` as const })));
    const found = await payments.find(id);
    expect(new Set(found?.refunds.map((refund) => refund.id)).size).toBe(30);
    expect(found?.refundRevision).toBe(30);
  });

  it('leaves the state alone and is left alone by it', async () => {
    const { id, state } = await inserted();
    const refunds = [aRefund()];
    const at = after(1);
    await Promise.all([
      payments.replaceRefunds({ id, revision: 0, refunds }),
      payments.applyState({ id, status: 'failed', state: { ...state, revision: 1, at } }),
    ]);
    expect(await payments.find(id)).toMatchObject({
      refunds,
      refundRevision: 1,
      status: 'failed',
      state: { revision: 1, at },
    });
  });

  it('of a payment that does not exist changes nothing', async () => {
    expect(await payments.replaceRefunds({ id: 'pay_nobody', revision: 0, refunds: [] })).toBe(false);
    expect(await payments.find('pay_nobody')).toBeUndefined();
  });

  it('refuses amounts that are no whole minor units', async () => {
    const { id } = await inserted();
    const half = payments.replaceRefunds({ id, revision: 0, refunds: [aRefund({ amount: 0.5 })] });
    await expect(half).rejects.toThrow('refunds.0.amount is not an amount in minor units');
  });
});

describe('refunds over all payments', () => {
  const scope = { business: 'bus_refunds', mode: 'test' } as const;
  const every = { ...scope, page: { number: 0, size: 100 } };
  const idsOf = (found: readonly { readonly refund: Refund }[]): string[] => found.map(({ refund }) => refund.id);

  beforeAll(async () => {
    const [early, late] = [{ createdAt: NOON }, { createdAt: after(10) }];
    await inserted({ ...scope, id: 'pay_none' });
    await inserted({
      ...scope,
      id: 'pay_two',
      customer: BUYER,
      refunds: [aRefund({ id: 'ref_b', ...late }), aRefund({ id: 'ref_a', ...early, status: 'succeeded' })],
    });
    await inserted({
      ...scope,
      id: 'pay_three',
      refunds: [
        aRefund({ id: 'ref_c', ...late }),
        aRefund({ id: 'ref_d', ...late, status: 'failed' }),
        aRefund({ id: 'ref_e', createdAt: after(20) }),
      ],
    });
  });

  it('are listed newest first with ties by id', async () => {
    expect(idsOf(await payments.listRefunds(every))).toEqual(['ref_e', 'ref_d', 'ref_c', 'ref_b', 'ref_a']);
  });

  it('come with their whole payment', async () => {
    const found = await payments.listRefunds({ ...every, status: 'succeeded' });
    expect(found).toEqual([{ payment: await payments.find('pay_two'), refund: found[0]?.payment.refunds[1] }]);
  });

  it('come in pages that neither overlap nor skip, also within one payment', async () => {
    const pages = await together(3, (number) => payments.listRefunds({ ...every, page: { number, size: 2 } }));
    expect(pages.map(idsOf)).toEqual([['ref_e', 'ref_d'], ['ref_c', 'ref_b'], ['ref_a']]);
  });

  it('are narrowed by status, customer and time', async () => {
    expect(idsOf(await payments.listRefunds({ ...every, status: 'pending' }))).toEqual(['ref_e', 'ref_c', 'ref_b']);
    expect(idsOf(await payments.listRefunds({ ...every, customer: BUYER.id }))).toEqual(['ref_b', 'ref_a']);
    expect(
      idsOf(await payments.listRefunds({ ...every, createdFrom: NOON, createdTo: after(10), status: 'pending' })),
    ).toEqual(['ref_c', 'ref_b']);
  });

  it('are found by id, within the scope and for a processor over all of them', async () => {
    const found = await payments.findRefund({ ...scope, id: 'ref_d' });
    expect([found?.payment.id, found?.refund.status]).toEqual(['pay_three', 'failed']);
    expect((await payments.findRefundAnywhere('ref_d'))?.payment.id).toBe('pay_three');
    expect(await payments.findRefund({ ...scope, id: 'ref_nobody' })).toBeUndefined();
  });

  it('are swept oldest first when they are pending for too long', async () => {
    const before = after(20);
    const found = await payments.listPendingRefunds({ before, limit: 2 });
    expect(idsOf(found)).toHaveLength(2);
    const all = idsOf(await payments.listPendingRefunds({ before, limit: 100 }));
    expect(all.filter((id) => ['ref_a', 'ref_b', 'ref_c', 'ref_d', 'ref_e'].includes(id))).toEqual(['ref_b', 'ref_c']);
  });
});
