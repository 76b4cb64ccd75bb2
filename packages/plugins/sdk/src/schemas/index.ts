/** What plugins return, as zod schemas: the engine parses with these before it believes anything; an author can use them in tests. */
export { fulfillmentActionResult, fulfillmentDescription, processorActionResult } from './action.js';
export { deliveredOrPending, publishedKeys, reserveResult } from './fulfillment.js';
export { money, rate } from './common.js';
export {
  cancelResult,
  clientConfig,
  paymentLookup,
  paymentResult,
  refundLookup,
  refundResult,
  webhookResult,
} from './processor.js';
export { taxCalculation } from './tax.js';
