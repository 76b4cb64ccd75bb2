export { chargedBy } from './attempt.js';
export type { Attempt, AttemptOutcome, AttemptRequest, Charger, FrozenCharge } from './attempt.js';
export type { Address, Customer, CustomerDetails } from './customer.js';
export { DomainError, isDomainError } from './domain-error.js';
export type { DomainErrorCode } from './domain-error.js';
export { EVENT_TYPES } from './event.js';
export type { Delivery, EventType, PurchaseEvent, WebhookEndpoint } from './event.js';
export type { EntitlementGrant, GrantStatus } from './grant.js';
export { isFound, toAttemptOutcome, toChargeOutcome } from './charge-outcome.js';
export { isId } from './ids.js';
export type {
  AttemptId,
  BrandId,
  BusinessId,
  CustomerId,
  DeliveryId,
  EndpointId,
  EntitlementId,
  EventId,
  GrantId,
  Id,
  InboxId,
  InvoiceId,
  LicenseInstanceId,
  LicenseKeyId,
  PaymentId,
  ProductId,
  RefundId,
  SessionId,
} from './ids.js';
export { licenseKeyStatus, licenseOfGrant, withStoredKey } from './license-key.js';
export type { LicenseInstance, LicenseKey, LicenseKeyStatus } from './license-key.js';
export type { Metadata } from './metadata.js';
export type { Payment, RecordedState, ShownAttempt } from './payment.js';
export type { PaymentStatus } from './payment-status.js';
export { PluginSetupError, isPluginSetupError } from './plugin-setup-error.js';
export type { DigitalDelivery, Entitlement, LicenseSettings, Price, Product, ProductFile } from './product.js';
export { INITIAL_STATE, MAX_ATTEMPTS, mayLetGo, paymentStatus, transition } from './purchase-state.js';
export type {
  Amount,
  AttemptPhase,
  ChargeOutcome,
  LearnedOutcome,
  PurchaseFact,
  PurchaseState,
} from './purchase-state.js';
export type { Quote, QuotedLine, QuotedTax } from './quote.js';
export type { Refund, RefundStatus, RefundedLine } from './refund.js';
export type { Scope } from './scope.js';
export { calculatorsOf, processorOf, processorsOf, routesFor, taxShares } from './served-by.js';
export type { CountryRule, Routed, ServedBy, ServingRoutes, TaxRouting, TaxShare } from './served-by.js';
export type { CartLine, PlannedEntitlement, Session } from './session.js';
export type { SharedEntitlement } from './shared-entitlement.js';
export { allocate, portion } from './arithmetic.js';
export { missingTaxAddressFields, taxAddressFields } from './country-address.js';
export type { TaxAddressField } from './country-address.js';
export { COUNTRY_CODES, isCountry } from './country-codes.js';
export type { CountryCode } from './country-codes.js';
export { MAX_DELIVERY_ATTEMPTS, nextDelayMs } from './delivery-schedule.js';
export { priceCart, priceWithoutTax, taxableLines } from './pricing.js';
export { paidOf, refundedInFull, reserveRefund } from './refund-reservation.js';
export type { ReserveRefund } from './refund-reservation.js';
export { planRefund, spreadRefund } from './refund-rules.js';
export type { PlanRefund, RefundItem, RefundRequest, SpreadRefund } from './refund-rules.js';
export { EXCESS_LINE, refundShares, refundableTotal } from './refund-shares.js';
export type { Paid, RefundShare, Refundable } from './refund-shares.js';
export { linesRefundedInFull, refundStatus, refundableOf } from './refund-standing.js';
export type { LineOfRefundable, RefundsOfAmount } from './refund-standing.js';
export {
  INTEGRATION_TYPES,
  integrationType,
  providerOfType,
  toCheckoutSession,
  toCustomer,
  toCustomerDetails,
  toEndpoint,
  toEntitlement,
  toEventBody,
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
} from './wire/index.js';
export type {
  EventBody,
  EventData,
  InstanceOfKey,
  IntegrationType,
  RefundOfPayment,
  ShowGrant,
  ShowPreview,
  ShowProduct,
  WireBilling,
  WireCheckoutSession,
  WireCustomer,
  WireCustomerDetails,
  WireDigitalDelivery,
  WireEndpoint,
  WireEntitlement,
  WireEntitlementSummary,
  WireFile,
  WireGrant,
  WireGrantedKey,
  WireLicenseActivation,
  WireLicenseConfig,
  WireLicenseInstance,
  WireLicenseKey,
  WireLineItem,
  WireLineItems,
  WirePayment,
  WirePaymentListItem,
  WirePaymentSummary,
  WirePreview,
  WirePreviewLine,
  WirePrice,
  WireProduct,
  WireProductListItem,
  WireRefund,
  WireRefundListItem,
  WireUrls,
} from './wire/index.js';
/** The words of the plugin contract that the rest of the engine speaks as well. */
export type {
  CancelResult,
  Captured,
  Delivered,
  DeliveredLicense,
  Grant,
  Json,
  Mode,
  PaymentLookup,
  PaymentResult,
  RevokeReason,
} from '@payonce/plugin-sdk';
