import type { PurchaseClient } from '@payonce/engine/client';
import type { Plugins } from '@payonce/engine/plugins';
import type { Clock, FileStore, Ids, RefundReservations, Secrets, Stores } from '@payonce/engine/ports';
import type { Logger } from 'pino';

/** What an operator may set about how the API answers. */
export interface ApiSettings {
  /** Scheme, host and port under which callers and buyers reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** Allows plain HTTP where production wants HTTPS. */
  readonly development: boolean;
  /** Allows webhook endpoints on this machine. */
  readonly allowLoopbackWebhooks: boolean;
  /** How many proxies in front of us may say who calls. */
  readonly trustedProxies: number;
  /** Requests per minute and address on routes that need no key. */
  readonly publicRequestsPerMinute: number;
  /** Images and files per minute and address. */
  readonly fileRequestsPerMinute: number;
  /** Requests per minute and address to the inbound addresses of processors, and of remote providers. */
  readonly inboundRequestsPerMinute: number;
  readonly maxFileBytes: number;
  /** Origins of processors' own pages, to which the checkout page may redirect. */
  readonly processorOrigins: readonly string[];
  /** How long POST /refunds waits for the refund to settle. */
  readonly refundWaitMs: number;
}

/** One thing that has to work before traffic makes sense; rejects while it does not. */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<void>;
}

/** What the API is made of. */
export interface ApiDeps {
  readonly stores: Stores;
  readonly purchases: PurchaseClient;
  readonly reservations: RefundReservations;
  readonly plugins: Plugins;
  readonly secrets: Secrets;
  readonly files: FileStore;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: ApiSettings;
  readonly readiness: readonly ReadinessCheck[];
}
