import type { Payment, Refund } from '@payonce/engine/domain';
import { ids } from '../../../packages/engine/src/adapters/ids.js';
import { ADDRESS, NOON, SCOPE } from './base.js';
import { CAPTURED, aQuote } from './checkout.js';

export const aShownAttempt = (): NonNullable<Payment['attempt']> => ({
  id: 'att_1',
  request: { billing: ADDRESS, taxId: null, customerBusinessName: null },
  frozen: { quote: aQuote(), idempotencyKey: 'pay_1:charge:att_1', at: NOON },
  outcome: CAPTURED,
});

export const aPayment = (fields: Partial<Payment> = {}): Payment => ({
  ...SCOPE,
  id: ids.mint('pay'),
  session: ids.mint('cks'),
  brand: 'brnd_1',
  currency: 'EUR',
  products: [{ product: 'pdt_1', quantity: 2 }],
  metadata: { order: 'A-17' },
  processor: 'sandbox',
  paymentProvider: 'dodo',
  state: { revision: 0, value: { kind: 'awaiting_payment', attempts: 0, failed: null }, at: NOON },
  status: null,
  customer: null,
  attempt: null,
  paidAt: null,
  invoice: null,
  refunds: [],
  refundRevision: 0,
  hasLicenseKey: false,
  hasDigitalDelivery: false,
  createdAt: NOON,
  updatedAt: NOON,
  ...fields,
});

export const aRefund = (fields: Partial<Refund> = {}): Refund => ({
  id: ids.mint('ref'),
  status: 'pending',
  lines: [{ line: 'line_0', product: 'pdt_1', amount: 100, tax: 16 }],
  amount: 100,
  isPartial: true,
  reason: null,
  metadata: {},
  createdAt: NOON,
  settledAt: null,
  processorRef: null,
  sentAt: null,
  failure: null,
  ...fields,
});
