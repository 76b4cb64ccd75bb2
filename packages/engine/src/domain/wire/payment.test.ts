import { describe, expect, it } from '@jest/globals';
import { customer, declined, paid, quote, refund, session, untouched } from '../../../test/records.js';
import type { Payment } from '../payment.js';
import { toPayment, toPaymentListItem, toRefund } from './index.js';

const urls = { checkout: (id: string) => `https://pay.example.com/session/${id}` };
const show = (payment: Payment) => toPayment({ payment, urls });

describe('a payment', () => {
  it('shows who bought what for how much, with the tax in it', () => {
    expect(show(paid)).toMatchObject({
      payment_id: paid.id,
      total_amount: 4_758 + 4_500,
      tax: 760 + 718,
      currency: 'EUR',
      status: 'succeeded',
      customer: {
        customer_id: customer.id,
        email: 'ada@example.com',
        name: 'Ada Example',
        phone_number: '+4930123456',
      },
      product_cart: [
        { product_id: 'pdt_AAAAAAAAAAAAAAAAAAAAA', quantity: 2 },
        { product_id: 'pdt_BBBBBBBBBBBBBBBBBBBBB', quantity: 1 },
      ],
      checkout_session_id: session.id,
      payment_link: `https://pay.example.com/session/${session.id}`,
      created_at: '2026-11-23T10:00:00.000Z',
      updated_at: '2026-11-23T12:00:00.500Z',
      metadata: { order: 'A-17' },
    });
  });

  it('shows every part of the address, the missing ones as null', () => {
    expect(show(paid).billing).toEqual({ country: 'DE', state: null, city: 'Berlin', street: null, zipcode: '10115' });
  });

  it('shows of the card no more than anybody may know, and no country that is none', () => {
    expect(show(paid)).toMatchObject({
      card_last_four: '4242',
      card_network: 'VISA',
      card_type: 'CREDIT',
      card_issuing_country: 'DE',
      card_holder_name: 'ADA EXAMPLE',
      payment_method: 'card',
    });
    const attempt = paid.attempt && {
      ...paid.attempt,
      outcome: paid.attempt.outcome && {
        ...paid.attempt.outcome,
        method: null,
        card: { last4: '1111', issuingCountry: 'EU' },
      },
    };
    expect(show({ ...paid, attempt })).toMatchObject({
      card_last_four: '1111',
      card_network: null,
      card_issuing_country: null,
      payment_method: 'card',
    });
  });

  it('shows what was really captured as settled', () => {
    const value = {
      ...paid.state.value,
      kind: 'held',
      attempts: 1,
      attempt: 'att_1',
      asked: { amount: quote.total, currency: 'EUR' },
      captured: { amount: 70, currency: 'USD' },
    } as const;
    const held = show({ ...paid, state: { ...paid.state, value }, status: 'requires_merchant_action' });
    expect(held).toMatchObject({
      total_amount: quote.total,
      settlement_amount: 70,
      settlement_currency: 'USD',
      settlement_tax: null,
    });
    expect(show(paid)).toMatchObject({
      settlement_amount: quote.total,
      settlement_currency: 'EUR',
      settlement_tax: quote.tax,
    });
  });

  it('counts refunds that settled and lists all of them', () => {
    expect(show(paid)).toMatchObject({
      refund_status: null,
      refunds: [{ refund_id: refund.id, amount: 500, status: 'pending', is_partial: true }],
    });
    const settled = (amount: number) =>
      show({ ...paid, refunds: [{ ...refund, status: 'succeeded', amount }] }).refund_status;
    expect(settled(500)).toBe('partial');
    expect(settled(quote.total)).toBe('full');
  });

  it('says why it failed, also when the buyer left and there is nothing to quote', () => {
    expect(show(declined)).toMatchObject({
      status: 'failed',
      error_code: 'INSUFFICIENT_FUNDS',
      error_message: 'The card has insufficient funds.',
    });
    const attempt = declined.attempt && { ...declined.attempt, outcome: null };
    expect(show({ ...declined, attempt })).toMatchObject({ error_code: 'INSUFFICIENT_FUNDS', error_message: null });
    expect(show(paid)).toMatchObject({ error_code: null, error_message: null });
  });

  it('shows the amount asked for before its quote is in the record', () => {
    const value = {
      kind: 'attempt_open',
      attempts: 1,
      attempt: 'att_1',
      phase: 'charging',
      asked: { amount: 77, currency: 'EUR' },
    } as const;
    const attempt = declined.attempt && { ...declined.attempt, frozen: null, outcome: null };
    expect(show({ ...declined, status: 'processing', state: { ...declined.state, value }, attempt })).toMatchObject({
      total_amount: 77,
      tax: null,
      settlement_tax: null,
    });
  });

  it('is shown to nobody before its first attempt', () => {
    const notFound = expect.objectContaining({ code: 'NOT_FOUND' });
    expect(() => show(untouched)).toThrow(notFound);
    expect(() => show({ ...untouched, customer: paid.customer })).toThrow(notFound);
    expect(() => toPaymentListItem({ payment: untouched })).toThrow(notFound);
    expect(() => toRefund({ payment: untouched, refund })).toThrow(notFound);
  });
});
