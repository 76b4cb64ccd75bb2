/** The contract between payonce and its plugins. No dependencies: what a plugin imports from here is types, money, errors and definePlugin. */
export type {
  ActionRefused,
  ActionRequest,
  FulfillmentActionDone,
  JsonSchema,
  ProcessorActionDone,
  ProviderAction,
} from './action.js';
export { fromProcessorUnits, toProcessorUnits } from './amounts.js';
export type { ProcessorUnits } from './amounts.js';
export type { Call, Mode, PluginLogger } from './call.js';
export { defineConfig } from './config.js';
export type { PluginConfig, ProcessorRoute, ProcessorRule, Routes, TaxRoute, TaxRule } from './config.js';
export { DECLINE_CODES } from './decline-codes.js';
export type { DeclineCode } from './decline-codes.js';
export { after } from './duration.js';
export type { Duration } from './duration.js';
export { NotSentError, PermanentError, PluginError, RetryableError, pluginErrorKind } from './errors.js';
export type { PluginErrorKind } from './errors.js';
export type {
  Delivered,
  DeliveredContent,
  DeliveredFiles,
  DeliveredItem,
  DeliveredLicense,
  Pending,
} from './delivered.js';
export type {
  Fulfill,
  FulfillmentDescription,
  FulfillmentProvider,
  Grant,
  PublishedKey,
  Reserve,
  ReserveResult,
  Revoke,
  RevokeReason,
} from './fulfillment.js';
export type { Json } from './json.js';
export { CURRENCY_EXPONENTS, isCurrency, toDecimal } from './money.js';
export type { Currency, Money } from './money.js';
export { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR, definePlugin } from './plugin.js';
export type { ConfiguredPlugin, Plugin, PluginDefinition, PluginRegistry, ProviderKind } from './plugin.js';
export type {
  CapturePayment,
  ClientConfig,
  CompletePayment,
  CreatePayment,
  ParseWebhook,
  PaymentRef,
  ProcessorAdapter,
  ProcessorCapabilities,
  RefundPayment,
} from './processor.js';
export type {
  BuyerAction,
  CancelResult,
  Captured,
  CardSummary,
  PaymentInstruction,
  PaymentLookup,
  PaymentResult,
  ProcessorEvent,
  RefundLookup,
  RefundResult,
  WebhookResult,
} from './processor-results.js';
export { isRate, parseRate } from './rate.js';
export type { Fraction, Rate } from './rate.js';
export type { StandardIssue, StandardResult, StandardSchema } from './standard-schema.js';
export type { PluginHost, PluginStore, StoredEntry, StoredRange } from './store.js';
export { TAX_CATEGORIES } from './tax-category.js';
export type { TaxCategory } from './tax-category.js';
export { TAX_REASONS } from './tax.js';
export type {
  CalculateTax,
  LineTax,
  TaxBuyer,
  TaxCalculation,
  TaxCalculator,
  TaxReason,
  TaxRecord,
  TaxSeller,
  TaxableLine,
} from './tax.js';
