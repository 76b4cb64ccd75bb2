import { expect, it } from '@jest/globals';
import type DodoPayments from 'dodopayments';
import type { EntitlementGrant } from 'dodopayments/resources/entitlements/grants';
import { endpoint, entitlements, file, product } from '../../../test/catalog.js';
import { grant, licenseKey } from '../../../test/goods.js';
import { at, cart, customer, paid, quote, refund, session } from '../../../test/records.js';
import {
  toCheckoutSession,
  toCustomer,
  toEndpoint,
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

const urls = { checkout: (id: string) => `https://pay.example.com/session/${id}`, image: (key: string) => key };
const now = at('13:00:00.000');

/** The compiler is the judge here: every body is assigned to the type that the official client gives to the answer. */
interface Answers {
  readonly payment: DodoPayments.Payment;
  readonly paymentInList: DodoPayments.PaymentListResponse;
  readonly lineItems: DodoPayments.PaymentRetrieveLineItemsResponse;
  readonly refund: DodoPayments.Refund;
  readonly refundInList: DodoPayments.RefundListItem;
  readonly licenseKey: DodoPayments.LicenseKey;
  readonly instances: readonly DodoPayments.LicenseKeyInstance[];
  readonly activations: readonly DodoPayments.LicenseActivateResponse[];
  readonly grant: EntitlementGrant;
  readonly customer: DodoPayments.Customer;
  readonly session: DodoPayments.CheckoutSessionStatus;
  readonly preview: DodoPayments.CheckoutSessionPreviewResponse;
  readonly product: DodoPayments.Product;
  readonly productInList: DodoPayments.ProductListResponse;
  readonly endpoint: DodoPayments.WebhookDetails;
}

it('answers what the official client is typed to receive', () => {
  const show = { product, entitlements, files: [file], urls };
  const answers: Answers = {
    payment: toPayment({ payment: paid, urls }),
    paymentInList: toPaymentListItem({ payment: paid }),
    lineItems: toLineItems({ payment: paid, cart }),
    refund: toRefund({ payment: paid, refund }),
    refundInList: toRefundListItem({ payment: paid, refund }),
    licenseKey: toLicenseKey({ key: licenseKey, now }),
    instances: licenseKey.instances.map((instance) => toLicenseInstance({ key: licenseKey, instance })),
    activations: licenseKey.instances.map((instance) => toLicenseActivation({ key: licenseKey, instance })),
    grant: toGrant({ grant, key: licenseKey, now }),
    customer: toCustomer({ customer }),
    session: toCheckoutSession({ session, payment: paid }),
    preview: toPreview({ quote, cart, country: 'DE', taxIdProblem: null }),
    product: toProduct(show),
    productInList: toProductListItem(show),
    endpoint: toEndpoint({ endpoint }),
  };
  expect(answers.payment.total_amount).toBe(quote.total);
  expect(answers.product.price.type).toBe('one_time_price');
});
