import type { Attempt, AttemptOutcome, Quote, Session } from '@payonce/engine/domain';
import { ids } from '../../../packages/engine/src/adapters/ids.js';
import { ADDRESS, BUYER, NOON, SCOPE, after } from './base.js';

export const aSession = (fields: Partial<Session> = {}): Session => ({
  ...SCOPE,
  id: ids.mint('cks'),
  payment: ids.mint('pay'),
  brand: 'brnd_1',
  currency: 'EUR',
  lines: [
    {
      id: 'line_0',
      product: 'pdt_1',
      name: 'A plug-in',
      description: null,
      image: null,
      category: 'digital_products',
      quantity: 2,
      unitPrice: 1999,
      discountBps: 0,
      taxInclusive: true,
      entitlements: [
        { id: 'ent_1', provider: 'license-keys', settings: { 'a.b': { $set: [1, null] } }, reach: 'own_stores' },
      ],
    },
  ],
  servedBy: {
    processor: 'sandbox',
    taxCalculator: 'tax-table',
    plugins: [{ name: 'x', version: '1.0.0', contractVersion: 1 }],
  },
  customer: BUYER,
  billing: ADDRESS,
  taxId: null,
  customerBusinessName: null,
  returnUrl: null,
  cancelUrl: null,
  metadata: {},
  confirm: false,
  createdAt: NOON,
  expiresAt: after(86_400),
  startedAt: null,
  ...fields,
});

export const aQuote = (total = 3998): Quote => ({
  currency: 'EUR',
  lines: [
    {
      line: 'line_0',
      product: 'pdt_1',
      quantity: 2,
      unitPrice: 1999,
      subtotal: total,
      discount: 0,
      taxInclusive: true,
      net: total - 638,
      tax: 638,
      total,
      taxes: [{ name: 'VAT', jurisdiction: 'DE', rate: '19/100', reason: 'standard', amount: 638 }],
      reason: 'standard',
    },
  ],
  subtotal: total,
  discount: 0,
  tax: 638,
  total,
  notices: [],
});

export const anOutcome = (fields: Partial<AttemptOutcome> = {}): AttemptOutcome => ({
  status: 'processing',
  processorRef: 'pi_1',
  action: null,
  captured: null,
  card: { last4: '4242', network: 'VISA' },
  method: 'card',
  error: null,
  at: NOON,
  ...fields,
});

export const CAPTURED = anOutcome({ status: 'succeeded', captured: { amount: 3998, currency: 'EUR' } });

export const anAttempt = (fields: Partial<Attempt> = {}): Attempt => ({
  ...SCOPE,
  id: ids.mint('att'),
  session: 'cks_1',
  payment: 'pay_1',
  request: {
    customer: BUYER,
    billing: ADDRESS,
    taxId: null,
    customerBusinessName: null,
    shownTotal: 3998,
    currency: 'EUR',
    paymentMethod: null,
  },
  frozen: null,
  sentAt: null,
  outcome: null,
  createdAt: NOON,
  acceptedAt: null,
  voidedAt: null,
  ...fields,
});
