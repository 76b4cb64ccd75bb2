export type {
  CheckoutActivities,
  DeliveryActivities,
  EventActivities,
  EventOf,
  GoodsActivities,
  PurchaseActivities,
  RecordedPurchase,
  Transition,
} from './activities.js';
export type {
  FulfillmentActivities,
  GrantOutcome,
  GrantPlan,
  RemoteGrantActivities,
  RemoteWorkerActivities,
  WorkersWord,
} from './grant-activities.js';
export type {
  LookedUp,
  PaymentActivities,
  PreparedCharge,
  RefundActivities,
  SettledRefund,
  TaxActivities,
} from './money-activities.js';
export {
  PURCHASE_WORKFLOW,
  RESOLUTIONS,
  buyerReturnedSignal,
  cancelCheckoutSignal,
  deliveryTaskQueue,
  endGrantSignal,
  grantCompletedSignal,
  processorReportedSignal,
  purchaseTaskQueue,
  purchaseWorkflowId,
  refundSignal,
  resolveUpdate,
  retryFulfillmentUpdate,
  stateQuery,
  submitPaymentUpdate,
} from './purchase.js';
export type {
  AttentionCase,
  AttentionKind,
  ProcessorReport,
  PurchaseInput,
  PurchaseResult,
  PurchaseView,
  RefundRequest,
  RefusalReason,
  Resolution,
  ResolutionAction,
  SubmitAnswer,
} from './purchase.js';
export {
  AMOUNT,
  BUSINESS_ID,
  CURRENCY,
  MODE,
  PAYMENT_ID,
  PROCESSOR,
  PURCHASE_STATUS,
  SEARCH_ATTRIBUTES,
  STUCK_SINCE,
  initialAttributes,
} from './search-attributes.js';
export type { OfAttempt, OfPurchase } from './served.js';
