import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { BUYER, CAPTURED, NOON, aPayment, aShownAttempt, after } from '../../../../test/store/samples.js';
import type { Payment } from '../domain/payment.js';
import type { PurchaseState } from '../domain/purchase-state.js';
import type { PaymentStore } from '../ports/payment-store.js';

let open: OpenStores;
let payments: PaymentStore;

beforeAll(async () => {
  open = await openStores('payments');
  ({ payments } = open.stores);
});

afterAll(() => open.close());

const inserted = async (fields: Partial<Payment> = {}): Promise<Payment> => {
  const payment = aPayment(fields);
  await payments.insert(payment);
  return payment;
};

const paidAt = (revision: number) => ({
  status: 'succeeded' as const,
  state: {
    revision,
    at: after(revision),
    value: {
      kind: 'paid' as const,
      attempts: 1,
      attempt: 'att_1' as const,
      asked: { amount: 3998, currency: 'EUR' as const },
      captured: { amount: 3998, currency: 'EUR' as const },
      stage: 'fulfilling' as const,
    },
  },
});

describe('a payment', () => {
  it('comes back as it was stored', async () => {
    const payment = await inserted({
      attempt: aShownAttempt(),
      customer: BUYER,
      metadata: { 'a.b': 1, $set: 'x', ok: true },
    });
    expect(await payments.find(payment.id)).toEqual(payment);
  });

  it('stays as it is when the same id is added again', async () => {
    const payment = await inserted();
    await payments.insert({ ...payment, status: 'succeeded', currency: 'USD' });
    expect(await payments.find(payment.id)).toEqual(payment);
  });

  it('is the only one of its session', async () => {
    const { session } = await inserted();
    await expect(payments.insert(aPayment({ session }))).rejects.toThrow(/duplicate/i);
  });

  it('is undefined when nobody stored it', async () => {
    expect(await payments.find('pay_nobody')).toBeUndefined();
  });

  it.each([1.5, -1, Number.NaN, 2 ** 53, '100' as unknown as number])('refuses an amount of %p', async (amount) => {
    const attempt = { ...aShownAttempt(), outcome: { ...CAPTURED, captured: { amount, currency: 'EUR' as const } } };
    const payment = aPayment({ attempt });
    await expect(payments.insert(payment)).rejects.toThrow(
      'attempt.outcome.captured.amount is not an amount in minor units',
    );
    expect(await payments.find(payment.id)).toBeUndefined();
  });

  it('keeps the largest safe amount to the unit', async () => {
    const captured = { amount: Number.MAX_SAFE_INTEGER, currency: 'JPY' as const };
    const payment = await inserted({ attempt: { ...aShownAttempt(), outcome: { ...CAPTURED, captured } } });
    expect((await payments.find(payment.id))?.attempt?.outcome?.captured).toEqual(captured);
  });
});

describe('the state', () => {
  it('is applied with what is shown beside it', async () => {
    const { id } = await inserted();
    const applied = await payments.applyState({
      id,
      ...paidAt(3),
      customer: BUYER,
      attempt: aShownAttempt(),
      paidAt: after(3),
    });
    expect(applied).toMatchObject({
      ...paidAt(3),
      customer: BUYER,
      attempt: aShownAttempt(),
      paidAt: after(3),
      updatedAt: after(3),
    });
    expect(await payments.find(id)).toEqual(applied);
  });

  it('leaves what a change does not name', async () => {
    const { id } = await inserted({ customer: BUYER, attempt: aShownAttempt() });
    expect(await payments.applyState({ id, ...paidAt(1) })).toMatchObject({
      customer: BUYER,
      attempt: aShownAttempt(),
      paidAt: null,
    });
  });

  it('comes back in each of its kinds', async () => {
    const amount = { amount: 3998, currency: 'EUR' } as const;
    const attempt = { attempts: 1, attempt: 'att_1' } as const;
    const values: readonly PurchaseState[] = [
      { kind: 'awaiting_payment', attempts: 1, failed: { attempt: 'att_1', code: 'CARD_DECLINED' } },
      { kind: 'attempt_open', ...attempt, phase: 'unknown', asked: amount },
      { kind: 'held', ...attempt, asked: amount, captured: { ...amount, amount: 1 } },
      { kind: 'paid', ...attempt, asked: amount, captured: amount, stage: 'settled' },
      { kind: 'closed', attempts: 0, reason: 'expired' },
      { kind: 'closed', attempts: 1, reason: 'cancelled', returned: 'att_1' },
    ];
    for (const value of values) {
      const payment = await inserted({ state: { revision: 1, value, at: NOON } });
      expect((await payments.find(payment.id))?.state.value).toEqual(value);
    }
  });

  it('is not moved back by a zombie, nor replaced by another one of the same revision', async () => {
    const { id } = await inserted();
    await payments.applyState({ id, ...paidAt(7), paidAt: after(7) });
    const closed = { kind: 'closed', attempts: 1, reason: 'expired' } as const;
    for (const revision of [0, 6, 7]) {
      const late = { id, status: 'cancelled' as const, state: { revision, at: after(99), value: closed } };
      expect(await payments.applyState(late)).toMatchObject({ ...paidAt(7), paidAt: after(7) });
    }
  });

  it('ends at the greatest of 50 revisions, whatever order they come in', async () => {
    const { id } = await inserted();
    await together(50, (index) => payments.applyState({ id, ...paidAt(((index * 37) % 50) + 1) }));
    expect((await payments.find(id))?.state).toEqual(paidAt(50).state);
  });

  it('of a payment that does not exist is an error, not a success', async () => {
    await expect(payments.applyState({ id: 'pay_nobody', ...paidAt(1) })).rejects.toThrow(
      'payments has no document pay_nobody',
    );
  });
});

describe('deliverables', () => {
  it('are only ever added, so that two grants can report at once', async () => {
    const { id } = await inserted();
    await Promise.all([
      payments.setDeliverables({ id, hasLicenseKey: true, hasDigitalDelivery: false }),
      payments.setDeliverables({ id, hasLicenseKey: false, hasDigitalDelivery: true }),
    ]);
    expect(await payments.find(id)).toMatchObject({ hasLicenseKey: true, hasDigitalDelivery: true });
  });
});
