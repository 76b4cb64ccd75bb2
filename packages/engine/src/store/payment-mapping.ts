import type { Payment, RecordedState, ShownAttempt } from '../domain/payment.js';
import type { Codec } from './codec/codec.js';
import { list, nullable, record } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { count, currency, flag, id, instant, oneOf, text } from './codec/scalars.js';
import { frozen, outcome, paymentProvider } from './shapes/charge.js';
import { address, customerDetails, metadata, scope } from './shapes/common.js';
import { purchaseState } from './shapes/purchase-state.js';
import { refund } from './shapes/refund.js';

type Invoice = NonNullable<Payment['invoice']>;

const state: Codec<RecordedState> = record<RecordedState>({ revision: count, value: purchaseState, at: instant });

const shownAttempt: Codec<ShownAttempt> = record<ShownAttempt>({
  id: id('att'),
  request: record<ShownAttempt['request']>({
    billing: address,
    taxId: nullable(text),
    customerBusinessName: nullable(text),
  }),
  frozen: nullable(frozen),
  outcome: nullable(outcome),
});

/** How payments are stored. */
export const payments = mapping<Payment>({
  collection: 'payments',
  identity: 'id',
  fields: {
    ...scope,
    id: id('pay'),
    session: id('cks'),
    brand: id('brnd'),
    currency,
    products: list(record<Payment['products'][number]>({ product: id('pdt'), quantity: count })),
    metadata,
    processor: text,
    paymentProvider,
    state,
    status: nullable(
      oneOf('succeeded', 'failed', 'cancelled', 'processing', 'requires_customer_action', 'requires_merchant_action'),
    ),
    customer: nullable(customerDetails),
    attempt: nullable(shownAttempt),
    paidAt: nullable(instant),
    invoice: nullable(record<Invoice>({ id: id('inv'), number: text })),
    refunds: list(refund),
    refundRevision: count,
    hasLicenseKey: flag,
    hasDigitalDelivery: flag,
    createdAt: instant,
    updatedAt: instant,
  },
});
