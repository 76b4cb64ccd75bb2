import { z } from 'zod';
import { holdsCardDigits } from '../../checkout/card-digits.js';
import { returnAddress } from '../../checkouts/return-address.js';
import {
  amount,
  country,
  currency,
  email,
  ignored,
  line,
  metadata,
  name,
  unsupported,
  idText,
} from '../../http/fields.js';

/** Card numbers stay at the processor: one that is sent here goes nowhere. */
const isToken = (text: string): boolean => !holdsCardDigits(text);
const CARD_NUMBER = { message: 'looks like a card number: send the token that the processor gave for it' };

const buyer = z.union([
  z.strictObject({ customer_id: idText }),
  z.strictObject({ email, name: name(200).nullish(), phone_number: line(40).nullish() }),
]);

const address = z.strictObject({
  country,
  state: line(100).nullish(),
  city: line(100).nullish(),
  street: line(200).nullish(),
  zipcode: line(20).nullish(),
});

const item = z.strictObject({
  product_id: idText,
  quantity: z.int().min(1).max(10_000),
  /** Only pay-what-you-want products have one. */
  amount: amount.nullish().transform(() => undefined),
  addons: unsupported,
  credit_entitlements: unsupported,
});

/** POST /checkouts and POST /checkouts/preview. Documented fields that shape a page or a payment method list are taken and change nothing yet. */
export const checkoutRequest = (settings: { readonly development: boolean }) =>
  z.strictObject({
    product_cart: z.array(item).min(1).max(20),
    customer: buyer.nullish(),
    billing_address: address.nullish(),
    billing_currency: currency.nullish(),
    tax_id: line(60).nullish(),
    customer_business_name: line(200).nullish(),
    return_url: returnAddress(settings).nullish(),
    cancel_url: returnAddress(settings).nullish(),
    metadata: metadata.nullish(),
    confirm: z.boolean().nullish(),
    payment_method_id: line(200).refine(isToken, CARD_NUMBER).nullish(),
    minimal_address: z.boolean().nullish(),
    discount_code: unsupported,
    discount_codes: unsupported,
    custom_fields: unsupported,
    product_collection_id: unsupported,
    subscription_data: unsupported,
    mandate_min_amount_inr_paise: unsupported,
    allowed_payment_method_types: ignored,
    customization: ignored,
    feature_flags: ignored,
    force_3ds: ignored,
    short_link: ignored,
    show_saved_payment_methods: ignored,
  });

export type CheckoutRequest = z.output<ReturnType<typeof checkoutRequest>>;
