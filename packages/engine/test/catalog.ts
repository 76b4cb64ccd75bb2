import type { Entitlement, Product, WebhookEndpoint, WireFile } from '../src/domain/index.js';
import { at, brand, scope } from './records.js';

/** A product that gives a license key and a file. */
export const product: Product = {
  ...scope,
  id: 'pdt_AAAAAAAAAAAAAAAAAAAAA',
  brand,
  name: 'Brushes',
  description: '120 brushes',
  image: '5f0c8d2e-6d1f-4f43-9a5e-0a4f6f0b7c11',
  category: 'digital_products',
  price: { currency: 'EUR', amount: 1_999, discountBps: 1_250, taxInclusive: false },
  license: { activationMessage: 'Enter it under Help.', activationsLimit: 3, duration: { count: 1, interval: 'Year' } },
  delivery: {
    files: ['0f0c8d2e-6d1f-4f43-9a5e-0a4f6f0b7c11'],
    externalUrl: 'https://example.com/read',
    instructions: 'Unpack it.',
  },
  metadata: { sku: 'B-120', weight: 0, rating: 4.5 },
  archivedAt: null,
  createdAt: at('08:00:00.000'),
  updatedAt: at('08:30:00.000'),
};

/** The least that a product can be. */
export const bareProduct: Product = {
  ...product,
  description: null,
  image: null,
  license: null,
  delivery: null,
  metadata: {},
};

export const entitlements: readonly Entitlement[] = [
  { id: 'ent_AAAAAAAAAAAAAAAAAAAAA', provider: 'license-keys', settings: null },
  { id: 'ent_BBBBBBBBBBBBBBBBBBBBB', provider: 'files', settings: null },
  { id: 'ent_CCCCCCCCCCCCCCCCCCCCC', provider: 'acme-seats', settings: { secret: 'stays here' } },
];

export const file: WireFile = {
  file_id: '0f0c8d2e-6d1f-4f43-9a5e-0a4f6f0b7c11',
  filename: 'brushes.zip',
  download_url: 'https://pay.example.com/files/0f0c?expires=1&signature=x',
  expires_in: 900,
  content_type: 'application/zip',
  file_size: 5_000_000_000,
};

export const endpoint: WebhookEndpoint = {
  ...scope,
  id: 'whk_AAAAAAAAAAAAAAAAAAAAA',
  url: 'https://shop.example.com/hooks',
  description: 'orders',
  secret: 'whsec_c2VjcmV0',
  filterTypes: ['payment.succeeded'],
  disabled: false,
  metadata: { team: 'shop' },
  headers: { 'x-shop': 'secret header' },
  rateLimit: null,
  createdAt: at('07:00:00.000'),
  updatedAt: at('07:00:00.000'),
};
