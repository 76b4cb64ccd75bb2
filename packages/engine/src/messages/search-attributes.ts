import { SearchAttributeType, TypedSearchAttributes, defineSearchAttributeKey } from '@temporalio/common';
import type { Session } from '../domain/session.js';

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
export const SEARCH_ATTRIBUTES = [
  PURCHASE_STATUS,
  PAYMENT_ID,
  BUSINESS_ID,
  MODE,
  PROCESSOR,
  AMOUNT,
  CURRENCY,
  STUCK_SINCE,
] as const;

/** What a purchase starts with: they cost no history then. */
export const initialAttributes = ({
  payment,
  business,
  mode,
}: Pick<Session, 'payment' | 'business' | 'mode'>): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: PURCHASE_STATUS, value: 'awaiting_payment' },
    { key: PAYMENT_ID, value: payment },
    { key: BUSINESS_ID, value: business },
    { key: MODE, value: mode },
  ]);
