import type { LicenseInstance, LicenseKey } from '../domain/license-key.js';
import { list, nullable, record } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { count, flag, id, instant, oneOf, text } from './codec/scalars.js';
import { scope } from './shapes/common.js';

/** A key as it is stored: found by its hash, shown again from its sealed copy, readable nowhere. */
export type StoredLicenseKey = Omit<LicenseKey, 'key'> & { readonly keyHash: string; readonly keySealed: string };

const instance = record<LicenseInstance>({ id: id('lki'), name: text, createdAt: instant });

/** How license keys are stored. */
export const licenseKeys = mapping<StoredLicenseKey>({
  collection: 'license_keys',
  identity: 'id',
  fields: {
    ...scope,
    id: id('lic'),
    keyHash: text,
    keySealed: text,
    source: oneOf('auto', 'import', 'manual'),
    brand: id('brnd'),
    customer: record<LicenseKey['customer']>({ id: id('cus'), email: text, name: text }),
    product: id('pdt'),
    productName: text,
    payment: nullable(id('pay')),
    grant: nullable(id('entg')),
    disabled: flag,
    activationsLimit: nullable(count),
    activationMessage: nullable(text),
    expiresAt: nullable(instant),
    instances: list(instance),
    createdAt: instant,
  },
});
