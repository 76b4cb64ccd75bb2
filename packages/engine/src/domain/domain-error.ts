const MARKER = Symbol.for('payonce.domain-error');

/** Every way in which a request can be refused: the code is the API's, the failure type's and the log's. Wording of most is the wire's. */
export type DomainErrorCode =
  | 'ACTION_REFUSED'
  | 'ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT'
  | 'AMOUNT_CHANGED'
  | 'BRAND_MISMATCH'
  | 'CHECKOUT_SESSION_CONSUMED'
  | 'CHECKOUT_SESSION_EXPIRED'
  | 'GRANT_NOT_REVOKED'
  | 'GRANT_NOT_PENDING'
  | 'GRANT_REVOKED'
  | 'IDEMPOTENCY_KEY_IN_FLIGHT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INACTIVE_LICENSE_KEY'
  | 'INVALID_REQUEST_BODY'
  | 'INVALID_REQUEST_PARAMETERS'
  | 'INVALID_QUERY_PARAMS'
  | 'INVALID_TAX_ID'
  | 'LICENSE_KEY_INSTANCE_NOT_FOUND'
  | 'LICENSE_KEY_LIMIT_REACHED'
  | 'LICENSE_KEY_NOT_FOUND'
  | 'LICENSE_KEY_TAKEN'
  | 'LINE_ITEM_NOT_FOUND'
  | 'DOWNLOAD_NOT_ALLOWED'
  | 'DUPLICATE_LINE_ITEMS_IN_REQUEST'
  | 'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH'
  | 'MAXIMUM_KEYS_REACHED'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_FOUND'
  | 'PAYLOAD_TOO_LARGE'
  | 'PAYMENT_ALREADY_REFUNDED'
  | 'PAYMENT_NOT_REFUNDABLE'
  | 'PREVIOUS_PAYMENT_PENDING'
  | 'PRODUCT_ALREADY_ARCHIVED'
  | 'PRODUCT_IS_DELETED'
  | 'RANGE_NOT_SATISFIABLE'
  | 'REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT'
  | 'REFUND_WINDOW_EXPIRED'
  | 'SERVICE_UNAVAILABLE'
  | 'SOLD_OUT'
  | 'TAX_UNAVAILABLE'
  | 'TOO_MANY_ATTEMPTS'
  | 'TOO_MANY_REQUESTS'
  | 'TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED_COUNTRY'
  | 'UNSUPPORTED_CURRENCY'
  | 'UNSUPPORTED_FEATURE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UPLOAD_CLOSED'
  | 'WEBHOOK_NOT_VERIFIED';

/** A refusal that its reader can act on: the message says what is wrong and what to do. Recognized by marker, since bundles carry copies. */
export class DomainError extends Error {
  readonly [MARKER] = true;
  readonly code: DomainErrorCode;

  constructor(code: DomainErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DomainError';
    this.code = code;
  }
}

/** Whether a thrown value is a {@link DomainError}, whichever copy of this file made it. */
export const isDomainError = (thrown: unknown): thrown is DomainError =>
  typeof thrown === 'object' && thrown !== null && MARKER in thrown;
