import { expect, it } from '@jest/globals';
import { bareProduct, endpoint, entitlements, file, product } from '../../../test/catalog.js';
import { breaches, fieldsOf } from '../../../test/published-schemas.js';
import { grant, licenseKey } from '../../../test/goods.js';
import { at, cart, customer, declined, paid, quote, refund, session, untouched } from '../../../test/records.js';
import type { EntitlementGrant } from '../grant.js';
import type { SharedEntitlement } from '../shared-entitlement.js';
import {
  toCheckoutSession,
  toCustomer,
  toEndpoint,
  toEntitlement,
  toGrant,
  toLicenseActivation,
  toLicenseInstance,
  toLicenseKey,
  toLineItems,
  toPayment,
  toPaymentListItem,
  toPreview,
  toProduct,
  toProductListItem,
  toRefund,
  toRefundListItem,
} from './index.js';

const urls = {
  checkout: (id: string) => `https://pay.example.com/session/${id}`,
  image: (key: string) => `https://pay.example.com/images/${key}`,
};
const now = at('13:00:00.000');
const [instance] = licenseKey.instances;
const activation = instance && { key: licenseKey, instance };
const files: EntitlementGrant = {
  ...grant,
  provider: 'files',
  licenseKey: null,
  delivered: { outcome: 'delivered', content: { kind: 'files', files: [], externalUrl: 'https://example.com' } },
};
const { customer: _anonymous, ...keyFields } = licenseKey;

/** Fields that the official clients have and the published description has not yet. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  PaymentResponse: ['is_multi_subscription', 'subscription_ids'],
  GetPaymentsListResponseItem: ['is_multi_subscription', 'subscription_ids'],
  CustomerResponse: ['blocked_at', 'blocklist_entry_id'],
  CalculateSessionResponse: ['payment_method_required', 'subscriptions'],
};

/** Fields that are ours, beside those of the description: its list of integration types is closed. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  EntitlementGrantResponse: ['content', 'provider'],
  EntitlementResponse: ['provider', 'settings'],
};

const shared: SharedEntitlement = {
  id: 'ent_AAAAAAAAAAAAAAAAAAAAA',
  business: product.business,
  mode: 'test',
  name: 'A seat',
  description: null,
  provider: 'acme-seats',
  settings: { room: 7 },
  metadata: {},
  deletedAt: null,
  createdAt: now,
  updatedAt: now,
};
const keySettings = {
  source: 'manual',
  activationsLimit: 3,
  duration: { count: 1, interval: 'Year' },
  activationMessage: null,
};

it.each<[string, string, object | undefined]>([
  ['a paid payment', 'PaymentResponse', toPayment({ payment: paid, urls })],
  ['a declined payment', 'PaymentResponse', toPayment({ payment: declined, urls })],
  ['a payment in a list', 'GetPaymentsListResponseItem', toPaymentListItem({ payment: paid })],
  ['a declined payment in a list', 'GetPaymentsListResponseItem', toPaymentListItem({ payment: declined })],
  ['line items', 'PaymentLineItemsResponse', toLineItems({ payment: paid, cart })],
  ['a refund', 'RefundResponse', toRefund({ payment: paid, refund })],
  ['a refund in a list', 'RefundListItem', toRefundListItem({ payment: paid, refund })],
  ['a license key', 'LicenseKeyResponse', toLicenseKey({ key: licenseKey, now })],
  [
    'a license key without limits',
    'LicenseKeyResponse',
    toLicenseKey({ key: { ...licenseKey, ...keyFields, activationsLimit: null, expiresAt: null, payment: null }, now }),
  ],
  ['an activation of a key', 'LicenseKeyInstanceResponse', activation && toLicenseInstance(activation)],
  ['the answer to an activation', 'ActivateLicenseKeyResponse', activation && toLicenseActivation(activation)],
  ['a grant of a license key', 'EntitlementGrantResponse', toGrant({ grant, key: licenseKey, files: [], now })],
  ['a grant of files', 'EntitlementGrantResponse', toGrant({ grant: files, key: null, files: [file], now })],
  [
    'a pending grant of a foreign provider',
    'EntitlementGrantResponse',
    toGrant({
      grant: { ...grant, provider: 'acme-seats', status: 'pending', delivered: null, deliveredAt: null },
      key: null,
      now,
    }),
  ],
  [
    'a failed grant',
    'EntitlementGrantResponse',
    toGrant({
      grant: { ...grant, status: 'failed', delivered: null, error: { code: 'no_stock', message: 'No seat is left.' } },
      key: null,
      now,
    }),
  ],
  [
    'a revoked grant',
    'EntitlementGrantResponse',
    toGrant({
      grant: { ...grant, status: 'revoked', revocationReason: 'refund', revokedAt: now },
      key: { ...licenseKey, disabled: true },
      now,
    }),
  ],
  ['a customer', 'CustomerResponse', toCustomer({ customer })],
  ['a session that was paid', 'GetCheckoutSessionsStatus', toCheckoutSession({ session, payment: paid })],
  ['a session that nobody used', 'GetCheckoutSessionsStatus', toCheckoutSession({ session, payment: untouched })],
  ['a product', 'GetProductResponse', toProduct({ product, entitlements, files: [file], urls })],
  ['a bare product', 'GetProductResponse', toProduct({ product: bareProduct, entitlements: [], files: [], urls })],
  [
    'a product in a list',
    'GetProductsListResponseItem',
    toProductListItem({ product, entitlements, files: [file], urls }),
  ],
  [
    'a product with an entitlement of its own',
    'GetProductResponse',
    toProduct({ product: bareProduct, entitlements: [], attached: [shared], files: [], urls }),
  ],
  ['an entitlement of a foreign provider', 'EntitlementResponse', toEntitlement(shared)],
  [
    'an entitlement of license keys',
    'EntitlementResponse',
    toEntitlement({ ...shared, provider: 'license-keys', settings: keySettings }),
  ],
  [
    'an entitlement of files',
    'EntitlementResponse',
    toEntitlement({
      ...shared,
      provider: 'files',
      settings: { files: [], externalUrl: 'https://example.com', instructions: null },
    }),
  ],
  [
    'an entitlement that the wire knows',
    'EntitlementResponse',
    toEntitlement({ ...shared, provider: 'discord', settings: { guild_id: '7', role_id: null } }),
  ],
  ['a webhook endpoint', 'WebhookDetails', toEndpoint({ endpoint })],
  ['a webhook endpoint for all types', 'WebhookDetails', toEndpoint({ endpoint: { ...endpoint, filterTypes: null } })],
  ['a preview', 'CalculateSessionResponse', toPreview({ quote, cart, country: 'DE', taxIdProblem: null })],
])(
  '%s has the shape that the published description promises: every field, of the right type, and no other but ours',
  (_what, schema, body) => {
    expect(breaches(schema, body)).toEqual([]);
    expect(Object.keys(body ?? {}).toSorted()).toEqual(
      [...fieldsOf(schema), ...(NEWER[schema] ?? []), ...(OURS[schema] ?? [])].toSorted(),
    );
  },
);

it('would notice a wrong type, a missing field and an amount that is not whole', () => {
  const body = toPayment({ payment: paid, urls });
  expect(breaches('PaymentResponse', { ...body, total_amount: 19.99 })).toContain('/total_amount must be integer');
  expect(breaches('PaymentResponse', { ...body, billing: { ...body.billing, country: 'UK' } })).toEqual([
    '/billing/country must be equal to one of the allowed values',
  ]);
  expect(breaches('PaymentResponse', { ...body, customer: undefined })).toEqual([
    "/ must have required property 'customer'",
  ]);
  expect(breaches('GetCheckoutSessionsStatus', { id: 'cks_1', created_at: 'yesterday' })).toEqual([
    '/created_at must match format "date-time"',
  ]);
});
