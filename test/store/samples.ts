export { BUYER, NOON, OTHER_BUSINESS, OTHER_MODE, SCOPE, after } from './samples/base.js';
export { aCustomer, aProduct, aSharedEntitlement, anUpload } from './samples/shop.js';
export { CAPTURED, aQuote, aSession, anAttempt, anOutcome } from './samples/checkout.js';
export { aPayment, aRefund, aShownAttempt } from './samples/payment.js';
export { aGrant, aLicenseKey } from './samples/goods.js';
export { aClaim, aDelivery, anEndpoint, anEvent, anInboxEntry } from './samples/messages.js';
