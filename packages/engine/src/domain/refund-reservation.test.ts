import { describe, expect, it } from '@jest/globals';
import { at, declined, paid, quote, refund, untouched } from '../../test/records.js';
import type { Payment } from './payment.js';
import { paidOf, refundedInFull, reserveRefund } from './refund-reservation.js';
import type { RefundRequest } from './refund-rules.js';

const everything: RefundRequest = { items: null };
const asked = { id: 'ref_BBBBBBBBBBBBBBBBBBBBB', reason: 'wrong size', metadata: { ticket: 'T-2' } } as const;
const now = at('13:00:00.000');
const reserve = (payment: Payment, request: RefundRequest = everything, on = now) =>
  reserveRefund({ payment, request, refund: asked, now: on, windowDays: 30 });
const daysAfterPayment = (days: number): Date => new Date((paid.paidAt ?? now).getTime() + days * 86_400_000);

describe('a refund that fits', () => {
  it('is pending, not sent yet, and takes what is left beside the refunds there are', () => {
    const reserved = reserve(paid);
    expect(reserved).toMatchObject({
      ...asked,
      status: 'pending',
      amount: quote.total - 500,
      isPartial: true,
      createdAt: now,
    });
    expect(reserved).toMatchObject({ sentAt: null, settledAt: null, processorRef: null, failure: null });
    expect(reserved.lines.map(({ line }) => line)).toEqual(['line_0', 'line_1']);
  });

  it('is not partial when it takes all that was captured', () => {
    const reserved = reserve({ ...paid, refunds: [{ ...refund, status: 'failed' }] });
    expect(reserved).toMatchObject({ amount: quote.total, isPartial: false });
  });

  it('names its lines and sums them, with the tax that the earlier refund left', () => {
    const request: RefundRequest = {
      items: [{ product: 'pdt_BBBBBBBBBBBBBBBBBBBBB', amount: 1_000, taxInclusive: true }],
    };
    expect(reserve(paid, request)).toMatchObject({
      amount: 1_000,
      lines: [{ line: 'line_1', amount: 1_000, tax: 159 }],
    });
  });

  it('is decided anew when somebody was faster: what they took is gone', () => {
    const first = reserve(paid);
    expect(() => reserve({ ...paid, refunds: [...paid.refunds, first] })).toThrow(
      expect.objectContaining({ code: 'PAYMENT_ALREADY_REFUNDED' }),
    );
  });
});

describe('a refund is refused', () => {
  it.each([
    ['before anything was paid', untouched],
    ['after a decline', declined],
    [
      'while less money than asked is held',
      {
        ...paid,
        state: {
          ...paid.state,
          value: {
            kind: 'held',
            attempts: 1,
            attempt: 'att_1',
            asked: { amount: 9, currency: 'EUR' },
            captured: { amount: 8, currency: 'EUR' },
          },
        },
      },
    ],
  ] as const)('%s', (_when, payment) => {
    expect(() => reserve(payment)).toThrow(
      expect.objectContaining({ code: 'PAYMENT_NOT_REFUNDABLE', message: expect.stringContaining(payment.id) }),
    );
  });

  it('once the window is over, and not a millisecond before', () => {
    expect(reserve(paid, everything, daysAfterPayment(30)).status).toBe('pending');
    const late = new Date(daysAfterPayment(30).getTime() + 1);
    expect(() => reserve(paid, everything, late)).toThrow(
      expect.objectContaining({ code: 'REFUND_WINDOW_EXPIRED', message: expect.stringContaining('30 days') }),
    );
  });
});

describe('what was paid', () => {
  it('is the frozen quote and what was captured for it, also while it is held', () => {
    expect(paidOf(paid)).toEqual({ quote, captured: { amount: quote.total, currency: 'EUR' } });
    expect(paidOf(declined)).toBeNull();
    expect(paidOf(untouched)).toBeNull();
  });

  it('ends access line by line as it settles', () => {
    expect(refundedInFull(paid)).toEqual([]);
    const full = { ...reserve({ ...paid, refunds: [] }), status: 'succeeded' as const };
    expect(refundedInFull({ ...paid, refunds: [full] })).toEqual(['line_0', 'line_1']);
    expect(refundedInFull(untouched)).toEqual([]);
  });
});
