import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';

/** What operators filter purchases by. All opaque: no people. */
export const PURCHASE_STATUS = defineSearchAttributeKey('PurchaseStatus', SearchAttributeType.KEYWORD);
export const PAYMENT_ID = defineSearchAttributeKey('PaymentId', SearchAttributeType.KEYWORD);
export const BUSINESS_ID = defineSearchAttributeKey('BusinessId', SearchAttributeType.KEYWORD);
export const MODE = defineSearchAttributeKey('Mode', SearchAttributeType.KEYWORD);
export const PROCESSOR = defineSearchAttributeKey('Processor', SearchAttributeType.KEYWORD);
/** Minor units. */
export const AMOUNT = defineSearchAttributeKey('Amount', SearchAttributeType.INT);
export const CURRENCY = defineSearchAttributeKey('Currency', SearchAttributeType.KEYWORD);
export const STUCK_SINCE = defineSearchAttributeKey('StuckSince', SearchAttributeType.DATETIME);

/** All of them, for setting up a namespace. */
export const SEARCH_ATTRIBUTES = [PURCHASE_STATUS, PAYMENT_ID, BUSINESS_ID, MODE, PROCESSOR, AMOUNT, CURRENCY, STUCK_SINCE] as const;
