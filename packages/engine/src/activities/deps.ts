import type { Plugins } from '../plugins/index.js';
import type { Clock, Ids, Logger, RefundReservations, Stores, WebhookDispatcher } from '../ports/index.js';

/** What activities are made of. */
export interface ActivityDeps {
  readonly stores: Stores;
  readonly reservations: RefundReservations;
  readonly plugins: Plugins;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly dispatcher: WebhookDispatcher;
  /** Where buyers reach us, without a slash at the end: 'https://pay.example.com'. */
  readonly publicUrl: string;
}
