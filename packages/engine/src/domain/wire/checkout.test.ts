import { describe, expect, it } from '@jest/globals';
import { at, cart, customer, declined, paid, quote, session, untouched } from '../../../test/records.js';
import { toCheckoutSession, toCustomer, toLineItems, toPreview } from './index.js';

describe('line items', () => {
  it('are one per product, without tax, and say what can be refunded with tax', () => {
    expect(toLineItems({ payment: paid, cart })).toEqual({
      currency: 'EUR',
      items: [
        {
          items_id: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
          name: 'Brushes',
          description: '120 brushes',
          amount: 3_998,
          tax: 760,
          refundable_amount: 4_758,
        },
        {
          items_id: 'pdt_BBBBBBBBBBBBBBBBBBBBB',
          name: 'Course',
          description: null,
          amount: 3_782,
          tax: 718,
          refundable_amount: 4_000,
        },
      ],
    });
  });

  it('join the cart lines of one product, since a refund asks by product', () => {
    const lines = quote.lines.map((line) => ({ ...line, product: 'pdt_AAAAAAAAAAAAAAAAAAAAA' }));
    const attempt = paid.attempt?.frozen
      ? { ...paid.attempt, frozen: { ...paid.attempt.frozen, quote: { ...quote, lines } } }
      : null;
    const { items } = toLineItems({ payment: { ...paid, attempt }, cart: [] });
    expect(items).toEqual([
      {
        items_id: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
        name: null,
        description: null,
        amount: 7_780,
        tax: 1_478,
        refundable_amount: 8_758,
      },
    ]);
  });

  it('can be refunded only once they are paid, and are none before there is a quote', () => {
    expect(toLineItems({ payment: declined, cart }).items.map((item) => item.refundable_amount)).toEqual([0, 0]);
    expect(toLineItems({ payment: untouched, cart }).items).toEqual([]);
  });
});

describe('a checkout session', () => {
  it('shows its payment from the first attempt on, and the customer of the payment before its own', () => {
    const own = { ...session, customer: { ...customer, email: 'early@example.com' } };
    expect(toCheckoutSession({ session: own, payment: untouched })).toMatchObject({
      payment_id: null,
      payment_status: null,
      customer_email: 'early@example.com',
    });
    expect(toCheckoutSession({ session: own, payment: declined })).toMatchObject({
      payment_id: declined.id,
      payment_status: 'failed',
      customer_email: 'ada@example.com',
    });
    expect(toCheckoutSession({ session, payment: null })).toMatchObject({
      payment_id: null,
      customer_email: null,
      customer_name: null,
    });
  });
});

it('previews whole lines, with the tax rate in basis points', () => {
  expect(toPreview({ quote, cart, country: 'DE', taxIdProblem: 'not a VAT id' })).toMatchObject({
    current_breakup: { subtotal: 8_998, discount: 500, tax: 1_478, total_amount: 9_258 },
    total_price: 9_258,
    payment_method_required: true,
    tax_id_err_msg: 'not a VAT id',
    product_cart: [
      {
        product_id: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
        quantity: 2,
        og_price: 3_998,
        discounted_price: 3_998,
        tax: 760,
        tax_rate: 1_900,
        tax_inclusive: false,
      },
      {
        product_id: 'pdt_BBBBBBBBBBBBBBBBBBBBB',
        quantity: 1,
        og_price: 5_000,
        discounted_price: 4_500,
        tax: 718,
        tax_rate: 1_900,
        tax_inclusive: true,
      },
    ],
  });
});

it('shows a customer with the metadata that the merchant gave', () => {
  expect(toCustomer({ customer })).toMatchObject({
    metadata: { crm: 42, vip: true },
    created_at: at('09:00:00.000').toISOString(),
  });
});
