import type { Plugins } from '@payonce/engine/plugins';
import type { Clock, Ids, Stores } from '@payonce/engine/ports';

/** What stands in for a worker needs. */
export interface StandingDeps {
  readonly stores: Stores;
  readonly plugins: Plugins;
  readonly ids: Ids;
  readonly clock: Clock;
}
