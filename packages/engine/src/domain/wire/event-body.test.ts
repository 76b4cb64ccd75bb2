import { describe, expect, it } from '@jest/globals';
import { WebhookPayloadSchema } from '@dodopayments/core/schemas';
import fc from 'fast-check';
import { breaches } from '../../../test/published-schemas.js';
import { grant, licenseKey } from '../../../test/goods.js';
import { at, declined, paid, refund } from '../../../test/records.js';
import { EVENT_TYPES } from '../event.js';
import type { EventType } from '../event.js';
import { toEventBody, toGrant, toLicenseKey, toPayment, toRefund } from './index.js';

const urls = { checkout: (id: string) => `https://pay.example.com/session/${id}` };
const now = at('13:00:00.000');
const happened = { business_id: paid.business, timestamp: now.toISOString() } as const;

const bodies: Readonly<Record<EventType, string>> = {
  'payment.succeeded': toEventBody({
    ...happened,
    type: 'payment.succeeded',
    data: toPayment({ payment: paid, urls }),
  }),
  'payment.failed': toEventBody({ ...happened, type: 'payment.failed', data: toPayment({ payment: declined, urls }) }),
  'payment.processing': toEventBody({
    ...happened,
    type: 'payment.processing',
    data: toPayment({ payment: { ...declined, status: 'processing' }, urls }),
  }),
  'payment.cancelled': toEventBody({
    ...happened,
    type: 'payment.cancelled',
    data: toPayment({ payment: { ...declined, status: 'cancelled' }, urls }),
  }),
  'refund.succeeded': toEventBody({
    ...happened,
    type: 'refund.succeeded',
    data: toRefund({ payment: paid, refund: { ...refund, status: 'succeeded' } }),
  }),
  'refund.failed': toEventBody({
    ...happened,
    type: 'refund.failed',
    data: toRefund({ payment: paid, refund: { ...refund, status: 'failed', reason: null } }),
  }),
  'license_key.created': toEventBody({
    ...happened,
    type: 'license_key.created',
    data: toLicenseKey({ key: licenseKey, now }),
  }),
  'entitlement_grant.delivered': toEventBody({
    ...happened,
    type: 'entitlement_grant.delivered',
    data: toGrant({ grant, key: licenseKey, now }),
  }),
  'entitlement_grant.failed': toEventBody({
    ...happened,
    type: 'entitlement_grant.failed',
    data: toGrant({ grant: { ...grant, status: 'failed' }, key: null, now }),
  }),
  'entitlement_grant.revoked': toEventBody({
    ...happened,
    type: 'entitlement_grant.revoked',
    data: toGrant({ grant: { ...grant, status: 'suspended' }, key: null, now }),
  }),
};

const SCHEMA = {
  Payment: 'PaymentResponse',
  Refund: 'RefundResponse',
  LicenseKey: 'LicenseKeyResponse',
  EntitlementGrant: 'EntitlementGrantResponse',
} as const;

describe.each(EVENT_TYPES)('the body of %s', (type) => {
  it('is compact JSON that stays the same when a receiver parses it and writes it again', () => {
    expect(JSON.stringify(JSON.parse(bodies[type]))).toBe(bodies[type]);
  });

  it('says whose it is, what happened and when, and carries the resource with its name', () => {
    const { data, ...head } = JSON.parse(bodies[type]) as { data: { payload_type: keyof typeof SCHEMA } };
    expect(head).toEqual({ ...happened, type });
    expect(breaches('EventType', type)).toEqual([]);
    expect(breaches(SCHEMA[data.payload_type], data)).toEqual([]);
  });
});

it.each(EVENT_TYPES.filter((type) => !type.startsWith('entitlement_grant.')))(
  '%s is taken by the official receiver',
  (type) => {
    const parsed = WebhookPayloadSchema.safeParse(JSON.parse(bodies[type]));
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data?.type).toBe(type);
  },
);

it('puts checkout session and payment into every payment event', () => {
  expect(JSON.parse(bodies['payment.failed'])).toMatchObject({
    data: { checkout_session_id: paid.session, payment_id: paid.id },
  });
});

it('survives whatever a merchant writes into metadata', () => {
  const keys = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
    fc.constantFrom('__proto__', 'constructor', 'toJSON', '10', '007'),
  );
  const values = fc.oneof(
    fc.string({ maxLength: 500 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.dictionary(keys, values, { noNullPrototype: true }), (metadata) => {
      const body = toEventBody({
        ...happened,
        type: 'payment.succeeded',
        data: toPayment({ payment: { ...paid, metadata }, urls }),
      });
      expect(JSON.stringify(JSON.parse(body))).toBe(body);
      expect(JSON.parse(body).data.metadata).toEqual(JSON.parse(JSON.stringify(metadata)));
    }),
    { numRuns: 1_000 },
  );
});
