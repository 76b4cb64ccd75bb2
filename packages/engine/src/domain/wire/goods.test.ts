import { describe, expect, it } from '@jest/globals';
import { bareProduct, endpoint, entitlements, file, product } from '../../../test/catalog.js';
import { grant, licenseKey } from '../../../test/goods.js';
import { at } from '../../../test/records.js';
import type { EntitlementGrant, GrantStatus } from '../grant.js';
import {
  integrationType,
  toEndpoint,
  toGrant,
  toLicenseActivation,
  toLicenseInstance,
  toLicenseKey,
  toProduct,
  toProductListItem,
} from './index.js';

const now = at('13:00:00.000');
const urls = { image: (key: string) => `https://pay.example.com/images/${key}` };
const ofFiles: EntitlementGrant = {
  ...grant,
  provider: 'files',
  licenseKey: null,
  delivered: {
    outcome: 'delivered',
    content: { kind: 'files', files: [{ file: file.file_id, filename: file.filename }], instructions: 'Unpack it.' },
  },
};

describe('a grant', () => {
  it.each<[GrantStatus, string]>([
    ['pending', 'Pending'],
    ['delivered', 'Delivered'],
    ['failed', 'Failed'],
    ['suspended', 'Revoked'],
    ['revoked', 'Revoked'],
  ])('that is %s is %s on the wire', (status, shown) => {
    expect(toGrant({ grant: { ...grant, status }, key: licenseKey, now }).status).toBe(shown);
  });

  it('shows its license key as it is now', () => {
    const { license_key: key } = toGrant({ grant, key: licenseKey, now });
    expect(key).toEqual({
      id: licenseKey.id,
      key: licenseKey.key,
      status: 'active',
      activations_used: 1,
      activations_limit: 3,
      expires_at: '2027-11-23T10:05:03.000Z',
    });
  });

  it('shows its files with fresh links while access lasts, and nothing of them afterwards', () => {
    const shown = (status: GrantStatus) =>
      toGrant({ grant: { ...ofFiles, status }, key: null, files: [file], now }).digital_product_delivery;
    expect(shown('delivered')).toEqual({ files: [file], external_url: null, instructions: 'Unpack it.' });
    expect(shown('suspended')).toEqual({ files: [], external_url: null, instructions: null });
    expect(shown('revoked')).toEqual({ files: [], external_url: null, instructions: null });
    expect(toGrant({ grant, key: licenseKey, files: [file], now }).digital_product_delivery).toBeNull();
  });

  it('carries no links in events, where they would be stale when read', () => {
    expect(toGrant({ grant: ofFiles, key: null, now }).digital_product_delivery?.files).toEqual([]);
  });

  it('shows the labeled texts of a foreign provider while access lasts, as a feature of that provider', () => {
    const items = [{ label: 'Ticket', value: 'A1', url: 'https://example.com/t', qr: true }];
    const seat: EntitlementGrant = {
      ...grant,
      provider: 'acme-seats',
      licenseKey: null,
      delivered: { outcome: 'delivered', content: { kind: 'content', items } },
    };
    expect(toGrant({ grant: seat, key: null, now })).toMatchObject({
      integration_type: 'feature_flag',
      feature: { feature_type: 'boolean', feature_id: 'acme-seats' },
      provider: 'acme-seats',
      content: items,
    });
    expect(toGrant({ grant: { ...seat, status: 'revoked' }, key: null, now }).content).toBeNull();
    expect(toGrant({ grant, key: null, now })).toMatchObject({ feature: null, content: null });
  });

  it('never shows the settings that it was made with', () => {
    expect(
      JSON.stringify(toGrant({ grant: { ...grant, settings: { secret: 'canary' } }, key: null, now })),
    ).not.toContain('canary');
  });

  it.each([
    ['license-keys', null, 'license_key'],
    ['license_key', null, 'license_key'],
    ['files', null, 'digital_files'],
    ['github', null, 'github'],
    ['acme-keys', grant.delivered, 'license_key'],
    ['acme-archive', ofFiles.delivered, 'digital_files'],
    ['acme-seats', null, 'feature_flag'],
    ['acme-seats', { outcome: 'delivered', content: { kind: 'content', items: [] } }, 'feature_flag'],
  ] as const)('of provider %s that delivered %j is of type %s', (provider, delivered, type) => {
    expect(integrationType({ provider, delivered })).toBe(type);
  });
});

describe('a license key', () => {
  it('is active, expired or disabled at the instant that is asked about', () => {
    const status = (part: Partial<typeof licenseKey>, instant = now) =>
      toLicenseKey({ key: { ...licenseKey, ...part }, now: instant }).status;
    expect(status({})).toBe('active');
    expect(status({}, new Date('2027-11-23T10:05:03Z'))).toBe('expired');
    expect(status({ expiresAt: null }, new Date('2099-01-01T00:00:00Z'))).toBe('active');
    expect(status({ disabled: true }, new Date('2099-01-01T00:00:00Z'))).toBe('disabled');
  });

  it('counts its instances, and an activation says whose key of what product it is', () => {
    const [instance] = licenseKey.instances;
    if (!instance) throw new Error('the sample key has an instance');
    expect(toLicenseKey({ key: licenseKey, now })).toMatchObject({
      instances_count: 1,
      activations_limit: 3,
      source: 'auto',
    });
    expect(toLicenseActivation({ key: licenseKey, instance })).toEqual({
      ...toLicenseInstance({ key: licenseKey, instance }),
      customer: { customer_id: licenseKey.customer.id, email: 'ada@example.com', name: 'Ada Example' },
      product: { product_id: 'pdt_AAAAAAAAAAAAAAAAAAAAA', name: 'Brushes' },
    });
  });
});

describe('a product', () => {
  it('shows its discount exactly in basis points, and cut down to whole per cent for older readers', () => {
    const { price } = toProduct({ product, entitlements: [], files: [], urls });
    expect(price).toMatchObject({
      type: 'one_time_price',
      price: 1_999,
      discount_bps: 1_250,
      discount: 12,
      tax_inclusive: false,
    });
    expect(toProductListItem({ product, entitlements: [], files: [], urls })).toMatchObject({
      price: 1_999,
      currency: 'EUR',
      price_detail: price,
    });
  });

  it('shows what it gives: license keys by its settings, files with links, and of other providers no settings', () => {
    const shown = toProduct({ product, entitlements, files: [file], urls });
    expect(shown.entitlements.map(({ integration_type: type, integration_config: config }) => [type, config])).toEqual([
      [
        'license_key',
        {
          activation_message: 'Enter it under Help.',
          activations_limit: 3,
          duration_count: 1,
          duration_interval: 'Year',
          fulfillment_mode: 'auto',
        },
      ],
      [
        'digital_files',
        { digital_files: { files: [file], external_url: 'https://example.com/read', instructions: 'Unpack it.' } },
      ],
      ['feature_flag', {}],
    ]);
    expect(shown).toMatchObject({
      license_key_enabled: true,
      license_key_duration: { count: 1, interval: 'Year' },
      image: urls.image(product.image ?? ''),
    });
    expect(JSON.stringify(shown)).not.toContain('stays here');
  });

  it('that gives nothing says so', () => {
    expect(toProduct({ product: bareProduct, entitlements: [], files: [], urls })).toMatchObject({
      license_key_enabled: false,
      digital_product_delivery: null,
      image: null,
      entitlements: [],
    });
  });
});

it('shows of an endpoint neither its secret nor its headers', () => {
  const shown = JSON.stringify(toEndpoint({ endpoint }));
  expect(shown).not.toContain(endpoint.secret);
  expect(shown).not.toContain('secret header');
});
