import type { Currency, TaxCategory } from '@payonce/plugin-sdk';
import type { Metadata } from '../metadata.js';
import type { Entitlement, LicenseSettings, Price, Product } from '../product.js';
import type { SharedEntitlement } from '../shared-entitlement.js';
import type { WireDigitalDelivery, WireFile } from './digital-delivery.js';
import { toAttachedEntitlement } from './entitlement.js';
import type { WireAttachedEntitlement } from './entitlement.js';
import { toEntitlementSummary } from './entitlement-summary.js';
import type { WireEntitlementSummary } from './entitlement-summary.js';
import type { WireUrls } from './payment.js';
import { timestamp } from './timestamp.js';

/** The price of a product. */
export interface WirePrice {
  readonly type: 'one_time_price';
  readonly currency: Currency;
  readonly price: number;
  /** Whole per cent, cut down; `discount_bps` is exact and wins. */
  readonly discount: number;
  readonly discount_bps: number;
  readonly tax_inclusive: boolean;
  readonly pay_what_you_want: false;
  readonly suggested_price: null;
  readonly purchasing_power_parity: false;
}

/** What a product and its entry in a list have in common. */
export interface WireProductSummary {
  readonly product_id: string;
  readonly business_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly image: string | null;
  readonly is_recurring: false;
  readonly tax_category: TaxCategory;
  readonly metadata: Metadata;
  readonly entitlements: (WireEntitlementSummary | WireAttachedEntitlement)[];
  readonly pricing_mode: null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A product in a list. */
export interface WireProductListItem extends WireProductSummary {
  readonly currency: Currency;
  readonly price: number;
  readonly price_detail: WirePrice;
  readonly tax_inclusive: boolean;
}

/** A product of its own. */
export interface WireProduct extends WireProductSummary {
  readonly brand_id: string;
  readonly price: WirePrice;
  readonly license_key_enabled: boolean;
  readonly license_key_activation_message: string | null;
  readonly license_key_activations_limit: number | null;
  readonly license_key_duration: LicenseSettings['duration'];
  readonly digital_product_delivery: WireDigitalDelivery | null;
  readonly credit_entitlements: never[];
  readonly addons: null;
  readonly product_collection_id: null;
}

/** What it takes to show a product. */
export interface ShowProduct {
  readonly product: Product;
  /** What a buyer of one unit gets by the product's own fields. */
  readonly entitlements: readonly Entitlement[];
  /** What they get beside, in the product's order; none when left out. */
  readonly attached?: readonly SharedEntitlement[];
  /** Links to the product's files, for its owner. */
  readonly files: readonly WireFile[];
  readonly urls: Pick<WireUrls, 'image'>;
}

/** A product as GET /products/{id} shows it. */
export const toProduct = (request: ShowProduct): WireProduct => ({
  ...toProductSummary(request),
  brand_id: request.product.brand,
  price: toPrice(request.product.price),
  license_key_enabled: request.product.license !== null,
  license_key_activation_message: request.product.license?.activationMessage ?? null,
  license_key_activations_limit: request.product.license?.activationsLimit ?? null,
  license_key_duration: request.product.license?.duration ?? null,
  digital_product_delivery: toDelivery(request),
  credit_entitlements: [],
  addons: null,
  product_collection_id: null,
});

/** A product as GET /products lists it. */
export const toProductListItem = (request: ShowProduct): WireProductListItem => ({
  ...toProductSummary(request),
  currency: request.product.price.currency,
  price: request.product.price.amount,
  price_detail: toPrice(request.product.price),
  tax_inclusive: request.product.price.taxInclusive,
});

const toProductSummary = (request: ShowProduct): WireProductSummary => ({
  product_id: request.product.id,
  business_id: request.product.business,
  name: request.product.name,
  description: request.product.description,
  image: request.product.image && request.urls.image(request.product.image),
  is_recurring: false,
  tax_category: request.product.category,
  metadata: request.product.metadata,
  entitlements: [
    ...request.entitlements.map((entitlement) => toEntitlementSummary({ ...request, entitlement })),
    ...(request.attached ?? []).map(toAttachedEntitlement),
  ],
  pricing_mode: null,
  created_at: timestamp(request.product.createdAt),
  updated_at: timestamp(request.product.updatedAt),
});

const toPrice = ({ currency, amount, discountBps, taxInclusive }: Price): WirePrice => ({
  type: 'one_time_price',
  currency,
  price: amount,
  discount: Math.floor(discountBps / 100),
  discount_bps: discountBps,
  tax_inclusive: taxInclusive,
  pay_what_you_want: false,
  suggested_price: null,
  purchasing_power_parity: false,
});

const toDelivery = ({
  product: { delivery },
  files,
}: Pick<ShowProduct, 'product' | 'files'>): WireDigitalDelivery | null =>
  delivery && { files: [...files], external_url: delivery.externalUrl, instructions: delivery.instructions };
