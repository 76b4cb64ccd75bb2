import type { Delivered } from '@payonce/plugin-sdk';
import type { EntitlementGrant, LicenseKey } from '../src/domain/index.js';
import { at, brand, buyer, paid, scope, session } from './records.js';

/** The key that the first unit of the sale got, in use on one machine. */
export const licenseKey: LicenseKey = {
  ...scope,
  id: 'lic_AAAAAAAAAAAAAAAAAAAAA',
  key: '7F3KQ-00000-00000-00000-00000-X',
  source: 'auto',
  brand,
  customer: { id: buyer.id, email: buyer.email, name: buyer.name },
  product: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
  productName: 'Brushes',
  payment: paid.id,
  grant: 'entg_AAAAAAAAAAAAAAAAAAAAA',
  disabled: false,
  activationsLimit: 3,
  activationMessage: null,
  expiresAt: new Date('2027-11-23T10:05:03Z'),
  instances: [{ id: 'lki_AAAAAAAAAAAAAAAAAAAAA', name: 'Laptop', createdAt: at('11:00:00.000') }],
  createdAt: at('10:05:03.000'),
};

const delivered: Delivered = {
  outcome: 'delivered',
  content: { kind: 'license_key', key: licenseKey.key, activationsLimit: 3, expiresAt: '2027-11-23T10:05:03.000Z' },
};

/** The right behind that key. */
export const grant: EntitlementGrant = {
  ...scope,
  id: 'entg_AAAAAAAAAAAAAAAAAAAAA',
  payment: paid.id,
  session: session.id,
  brand,
  customer: buyer,
  line: 'line_0',
  unit: 0,
  product: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
  productName: 'Brushes',
  entitlement: 'ent_AAAAAAAAAAAAAAAAAAAAA',
  provider: 'license-keys',
  reach: 'own_stores',
  settings: null,
  status: 'delivered',
  awaiting: null,
  delivered,
  licenseKey: licenseKey.id,
  error: null,
  revocationReason: null,
  metadata: {},
  createdAt: at('10:05:02.000'),
  updatedAt: at('10:05:03.000'),
  deliveredAt: at('10:05:03.000'),
  revokedAt: null,
};
