import type { EventType } from '../event.js';
import type { BusinessId } from '../ids.js';
import type { WireGrant } from './grant.js';
import type { WireLicenseKey } from './license-key.js';
import type { WirePayment } from './payment.js';
import type { WireRefund } from './refund.js';

/** Which resource an event carries, by its type. */
export type EventData<Type extends EventType> = Type extends `payment.${string}`
  ? WirePayment
  : Type extends `refund.${string}`
    ? WireRefund
    : Type extends `license_key.${string}`
      ? WireLicenseKey
      : WireGrant;

/** Something that happened, with the resource as it was then. */
export interface EventBody<Type extends EventType> {
  readonly business_id: BusinessId;
  readonly type: Type;
  /** When it happened, RFC 3339. */
  readonly timestamp: string;
  readonly data: EventData<Type>;
}

const PAYLOAD_TYPE: Readonly<Record<EventType, 'Payment' | 'Refund' | 'LicenseKey' | 'EntitlementGrant'>> = {
  'payment.succeeded': 'Payment',
  'payment.failed': 'Payment',
  'payment.processing': 'Payment',
  'payment.cancelled': 'Payment',
  'refund.succeeded': 'Refund',
  'refund.failed': 'Refund',
  'license_key.created': 'LicenseKey',
  'entitlement_grant.delivered': 'EntitlementGrant',
  'entitlement_grant.failed': 'EntitlementGrant',
  'entitlement_grant.revoked': 'EntitlementGrant',
};

/** The text that is signed and posted. Compact, because receivers verify what they parsed and wrote again: parsing and writing it must give the same text. */
export const toEventBody = <Type extends EventType>({ business_id, type, timestamp, data }: EventBody<Type>): string =>
  JSON.stringify({ business_id, type, timestamp, data: { ...data, payload_type: PAYLOAD_TYPE[type] } });
