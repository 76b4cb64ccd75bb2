import type { Customer, Product, SharedEntitlement } from '@payonce/engine/domain';
import type { Upload } from '@payonce/engine/ports';
import { ids } from '../../../packages/engine/src/adapters/ids.js';
import { BUYER, NOON, SCOPE, after } from './base.js';

export const aCustomer = (fields: Partial<Customer> = {}): Customer => ({
  ...SCOPE,
  ...BUYER,
  id: ids.mint('cus'),
  metadata: { 'plan.$name': 'a', count: 2, vip: true },
  createdAt: NOON,
  ...fields,
});

export const aProduct = (fields: Partial<Product> = {}): Product => ({
  ...SCOPE,
  id: ids.mint('pdt'),
  brand: 'brnd_1',
  name: 'A plug-in',
  description: null,
  image: null,
  category: 'digital_products',
  price: { currency: 'EUR', amount: 1999, discountBps: 0, taxInclusive: true },
  license: { activationMessage: null, activationsLimit: 3, duration: { count: 1, interval: 'Year' } },
  delivery: { files: ['file_1'], externalUrl: null, instructions: 'Unpack it.' },
  metadata: {},
  archivedAt: null,
  createdAt: NOON,
  updatedAt: NOON,
  ...fields,
});

export const aSharedEntitlement = (fields: Partial<SharedEntitlement> = {}): SharedEntitlement => ({
  ...SCOPE,
  id: ids.mint('ent'),
  name: 'A seat',
  description: null,
  provider: 'acme-seats',
  settings: { room: { 'a.b': [1, '$x'] } },
  metadata: { 'plan.$name': 'a' },
  deletedAt: null,
  createdAt: NOON,
  updatedAt: NOON,
  ...fields,
});

export const anUpload = (fields: Partial<Upload> = {}): Upload => ({
  ...SCOPE,
  id: ids.mint('upl'),
  product: 'pdt_1',
  kind: 'file',
  filename: 'plugin.zip',
  stored: null,
  openUntil: after(3600),
  createdAt: NOON,
  ...fields,
});
