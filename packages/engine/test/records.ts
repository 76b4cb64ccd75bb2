import type { Attempt, Customer, Payment, Quote, Refund, Session } from '../src/domain/index.js';
import { priceCart } from '../src/domain/index.js';
import { cartOf, taxOf } from './carts.js';

/** Records as the stores keep them, for tests: one purchase of two products, paid by card, with a pending refund of a part of it. */
export const at = (time: string): Date => new Date(`2026-11-23T${time}Z`);

export const scope = { business: 'bus_AAAAAAAAAAAAAAAAAAAAA', mode: 'test' } as const;
export const brand = 'brnd_AAAAAAAAAAAAAAAAAAAAA';

export const customer: Customer = {
  ...scope,
  id: 'cus_AAAAAAAAAAAAAAAAAAAAA',
  email: 'ada@example.com',
  name: 'Ada Example',
  phone: '+4930123456',
  metadata: { crm: 42, vip: true },
  createdAt: at('09:00:00.000'),
};

const { id, email, name, phone } = customer;

/** The same customer as payments keep it. */
export const buyer = { id, email, name, phone };

export const cart = cartOf(
  { product: 'pdt_AAAAAAAAAAAAAAAAAAAAA', name: 'Brushes', description: '120 brushes', quantity: 2, unitPrice: 1_999 },
  {
    product: 'pdt_BBBBBBBBBBBBBBBBBBBBB',
    name: 'Course',
    category: 'edtech',
    unitPrice: 5_000,
    discountBps: 1_000,
    taxInclusive: true,
  },
);

export const quote: Quote = priceCart({ currency: 'EUR', lines: cart, tax: taxOf(cart, '0.19') });

export const session: Session = {
  ...scope,
  id: 'cks_AAAAAAAAAAAAAAAAAAAAA',
  payment: 'pay_AAAAAAAAAAAAAAAAAAAAA',
  brand,
  currency: 'EUR',
  lines: cart,
  servedBy: { processor: 'sandbox', taxCalculator: 'tax-table', plugins: [] },
  customer: null,
  billing: null,
  taxId: null,
  customerBusinessName: null,
  returnUrl: null,
  cancelUrl: null,
  metadata: { order: 'A-17' },
  confirm: false,
  createdAt: at('10:00:00.000'),
  expiresAt: new Date('2026-11-24T10:00:00Z'),
  startedAt: at('10:00:01.000'),
};

const outcome: NonNullable<Attempt['outcome']> = {
  status: 'succeeded',
  processorRef: 'ch_1',
  action: null,
  captured: { amount: quote.total, currency: 'EUR' },
  card: { last4: '4242', network: 'VISA', type: 'CREDIT', issuingCountry: 'DE', holderName: 'ADA EXAMPLE' },
  method: 'card',
  error: null,
  at: at('10:05:02.000'),
};

export const refund: Refund = {
  id: 'ref_AAAAAAAAAAAAAAAAAAAAA',
  status: 'pending',
  lines: [{ line: 'line_1', product: 'pdt_BBBBBBBBBBBBBBBBBBBBB', amount: 500, tax: 80 }],
  amount: 500,
  isPartial: true,
  reason: 'asked twice',
  metadata: { ticket: 'T-1' },
  createdAt: at('12:00:00.000'),
  settledAt: null,
  processorRef: null,
  sentAt: null,
  failure: null,
};

const asked = { amount: quote.total, currency: 'EUR' } as const;

export const paid: Payment = {
  ...scope,
  id: session.payment,
  session: session.id,
  brand,
  currency: 'EUR',
  products: cart.map(({ product, quantity }) => ({ product, quantity })),
  metadata: session.metadata,
  processor: 'sandbox',
  paymentProvider: 'dodo',
  state: {
    revision: 4,
    value: {
      kind: 'paid',
      attempts: 1,
      attempt: 'att_AAAAAAAAAAAAAAAAAAAAA',
      asked,
      captured: asked,
      stage: 'fulfilling',
    },
    at: at('10:05:02.000'),
  },
  status: 'succeeded',
  customer: buyer,
  attempt: {
    id: 'att_AAAAAAAAAAAAAAAAAAAAA',
    request: {
      billing: { country: 'DE', state: null, city: 'Berlin', street: null, zipcode: '10115' },
      taxId: null,
      customerBusinessName: null,
    },
    frozen: { quote, idempotencyKey: 'pay_A:charge:att_A', at: at('10:05:01.000') },
    outcome,
  },
  paidAt: at('10:05:02.000'),
  invoice: { id: 'inv_AAAAAAAAAAAAAAAAAAAAA', number: '2026-0001' },
  refunds: [refund],
  refundRevision: 1,
  hasLicenseKey: true,
  hasDigitalDelivery: true,
  createdAt: at('10:00:00.000'),
  updatedAt: at('12:00:00.500'),
};

/** Declined at its first attempt. */
export const declined: Payment = {
  ...paid,
  state: {
    revision: 3,
    value: {
      kind: 'awaiting_payment',
      attempts: 1,
      failed: { attempt: 'att_AAAAAAAAAAAAAAAAAAAAA', code: 'INSUFFICIENT_FUNDS' },
    },
    at: at('10:05:02.000'),
  },
  status: 'failed',
  attempt: paid.attempt && {
    ...paid.attempt,
    outcome: {
      ...outcome,
      status: 'failed',
      captured: null,
      error: { code: 'INSUFFICIENT_FUNDS', message: 'The card has insufficient funds.' },
    },
  },
  paidAt: null,
  invoice: null,
  refunds: [],
  hasLicenseKey: false,
  hasDigitalDelivery: false,
};

/** Made with its session; nobody pressed Pay yet. */
export const untouched: Payment = {
  ...declined,
  state: { revision: 1, value: { kind: 'awaiting_payment', attempts: 0, failed: null }, at: at('10:00:00.000') },
  status: null,
  customer: null,
  attempt: null,
};
