import type { DigitalDelivery, LicenseSettings, Price, Product } from '@payonce/engine/domain';
import type { ProductChange } from '@payonce/engine/ports';
import type { CreateProduct, PatchProduct, PriceInput } from './schema.js';

/** A price as products keep it. */
export const toPrice = ({ currency, price, discount, discount_bps, tax_inclusive }: PriceInput): Price => ({
  currency,
  amount: price,
  discountBps: discount_bps ?? (discount ?? 0) * 100,
  taxInclusive: tax_inclusive ?? false,
});

/** How license keys of a new product are made; null when it gives none. */
export const newLicense = (input: CreateProduct): LicenseSettings | null =>
  input.license_key_enabled ? mergeLicense(EMPTY_LICENSE, input) : null;

/** What a new product hands over beside keys; null when nothing is said. */
export const newDelivery = ({ digital_product_delivery: input }: CreateProduct): DigitalDelivery | null =>
  input
    ? unlessEmpty({ files: [], externalUrl: input.external_url ?? null, instructions: input.instructions || null })
    : null;

/** The fields that a PATCH changes. Settings of keys and delivery are merged into what is there. */
export function toChange(product: Product, input: PatchProduct): ProductChange {
  return {
    ...(input.name != null && { name: input.name }),
    ...(input.description !== undefined && { description: input.description || null }),
    ...(input.tax_category != null && { category: input.tax_category }),
    ...(input.price != null && { price: toPrice(input.price) }),
    ...(input.metadata != null && { metadata: input.metadata }),
    ...(input.image_id !== undefined && { image: input.image_id }),
    ...changedLicense(product, input),
    ...(input.digital_product_delivery !== undefined && {
      delivery: mergeDelivery(product.delivery, input.digital_product_delivery),
    }),
  };
}

const EMPTY_LICENSE: LicenseSettings = { activationMessage: null, activationsLimit: null, duration: null };

type LicenseInput = Pick<
  PatchProduct,
  'license_key_activation_message' | 'license_key_activations_limit' | 'license_key_duration'
>;

const mergeLicense = (license: LicenseSettings, input: LicenseInput): LicenseSettings => ({
  activationMessage:
    input.license_key_activation_message === undefined
      ? license.activationMessage
      : input.license_key_activation_message || null,
  activationsLimit:
    input.license_key_activations_limit === undefined ? license.activationsLimit : input.license_key_activations_limit,
  duration: input.license_key_duration === undefined ? license.duration : input.license_key_duration,
});

function changedLicense({ license }: Product, input: PatchProduct): Pick<ProductChange, 'license'> {
  const enabled = input.license_key_enabled ?? license !== null;
  if (!enabled) return license === null ? {} : { license: null };
  return { license: mergeLicense(license ?? EMPTY_LICENSE, input) };
}

function mergeDelivery(
  delivery: DigitalDelivery | null,
  input: NonNullable<PatchProduct['digital_product_delivery']> | null,
): DigitalDelivery | null {
  if (input === null) return null;
  const { files, external_url: url, instructions } = input;
  return unlessEmpty({
    files: files === undefined ? (delivery?.files ?? []) : (files ?? []),
    externalUrl: url === undefined ? (delivery?.externalUrl ?? null) : url,
    instructions: instructions === undefined ? (delivery?.instructions ?? null) : instructions || null,
  });
}

const unlessEmpty = (delivery: DigitalDelivery): DigitalDelivery | null =>
  delivery.files.length === 0 && delivery.externalUrl === null && delivery.instructions === null ? null : delivery;
