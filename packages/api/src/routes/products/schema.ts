import { z } from 'zod';
import {
  amount,
  currency,
  ignored,
  idText,
  line,
  lines,
  metadata,
  name,
  taxCategory,
  unsupported,
  uuid,
} from '../../http/fields.js';
import { flag, paging } from '../../http/query.js';

const basisPoints = z.int().min(0).max(10_000);

/** A price of a product. `discount_bps` wins over `discount`, which is whole per cent. */
const price = z.strictObject({
  type: z.string().refine((type) => type === 'one_time_price', {
    message: 'only one_time_price is sold here',
    params: { refusal: 'UNSUPPORTED_FEATURE' },
  }),
  currency,
  price: amount,
  discount: z.int().min(0).max(100).nullish(),
  discount_bps: basisPoints.nullish(),
  tax_inclusive: z.boolean().nullish(),
  pay_what_you_want: unsupported,
  suggested_price: ignored,
  purchasing_power_parity: unsupported,
});

/** Only the type of a price decides which other fields it has: a recurring one is refused for what it is, not for its fields. */
const sellablePrice = z.preprocess(
  (input) => (isOtherKind(input) ? { type: input.type, currency: 'USD', price: 0 } : input),
  price,
);

function isOtherKind(input: unknown): input is { readonly type: string } {
  return (
    typeof input === 'object' &&
    input !== null &&
    'type' in input &&
    typeof input.type === 'string' &&
    input.type !== 'one_time_price'
  );
}

const duration = z.strictObject({
  count: z.int().min(1).max(36_500),
  interval: z.enum(['Day', 'Week', 'Month', 'Year']),
});
const externalUrl = z.url({ protocol: /^https?$/ }).max(2048);

const common = {
  description: lines(1000).nullish(),
  brand_id: idText.nullish(),
  license_key_activation_message: lines(2000).nullish(),
  license_key_activations_limit: amount.nullish(),
  license_key_duration: duration.nullish(),
  license_key_enabled: z.boolean().nullish(),
  addons: unsupported,
  credit_entitlements: unsupported,
  entitlements: z
    .array(z.strictObject({ entitlement_id: idText }))
    .max(50)
    .nullish(),
  pricing_mode: unsupported,
};

const delivery = { external_url: externalUrl.nullish(), instructions: lines(5000).nullish() };

/** POST /products. */
export const createProduct = z.strictObject({
  ...common,
  name: name(100),
  tax_category: taxCategory,
  price: sellablePrice,
  metadata: metadata.nullish(),
  digital_product_delivery: z.strictObject(delivery).nullish(),
});

/** PATCH /products/{id}: what is left out stays; null clears what may be empty, and leaves the rest. */
export const patchProduct = z.strictObject({
  ...common,
  name: name(100).nullish(),
  tax_category: taxCategory.nullish(),
  price: sellablePrice.nullish(),
  metadata: metadata.nullish(),
  image_id: uuid.nullish(),
  digital_product_delivery: z.strictObject({ ...delivery, files: z.array(uuid).max(100).nullish() }).nullish(),
});

/** GET /products. */
export const listProducts = z.strictObject({
  ...paging,
  archived: flag.default(false),
  recurring: flag.optional(),
  brand_id: idText.optional(),
});

/** PUT /products/{id}/images. Every upload has a slot of its own, so nothing is ever forced. */
export const openImage = z.strictObject({ force_update: flag.optional() });

/** PUT /products/{id}/files. */
export const openFile = z.strictObject({ file_name: line(255).trim().min(1) });

export type CreateProduct = z.output<typeof createProduct>;
export type PatchProduct = z.output<typeof patchProduct>;
export type PriceInput = z.output<typeof price>;
