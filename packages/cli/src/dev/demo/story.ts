import type { SessionId } from '@payonce/engine/domain';
import type { Api } from '../web/api.js';
import type { Narrator } from './narrator.js';
import type { WebhookReceiver } from './webhook-receiver.js';

/** Who takes part in the demonstration. */
export interface Story {
  readonly narrator: Narrator;
  readonly api: Api;
  readonly apiUrl: string;
  readonly receiver: WebhookReceiver;
}

/** What the merchant offers. */
export interface Offer {
  readonly product: string;
  readonly session: SessionId;
  readonly checkoutUrl: string;
}

/** What the buyer paid. */
export interface Paid {
  readonly payment: string;
  /** Minor units. */
  readonly total: number;
  readonly currency: string;
  /** The page of the order. */
  readonly orderUrl: string;
}

/** What the buyer got. */
export interface Goods {
  readonly licenseKey: string;
  readonly fileUrl: string;
}
