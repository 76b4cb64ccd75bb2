import { randomUUID } from 'node:crypto';
import type { Desk } from '../../packages/cli/src/connections/shop.js';
import { openTemporal } from '../../packages/cli/src/connections/temporal.js';
import { ensureNamespace } from '../../packages/cli/src/setup/namespace.js';
import { ensureSearchAttributes } from '../../packages/cli/src/setup/search-attributes.js';
import { testTemporalAddress } from '../setup/temporal.js';
import { runShop } from './running-shop.js';
import type { RunningShop } from './running-shop.js';

/** A running shop in a namespace of its own, and what an operator's commands work with. */
export interface OperatorDesk {
  readonly shop: RunningShop;
  readonly desk: Desk;
  close(): Promise<void>;
}

/** Opens one. */
export async function openDesk(): Promise<OperatorDesk> {
  const address = testTemporalAddress();
  const temporal = await openTemporal({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: `operator-${randomUUID()}` });
  await ensureNamespace(temporal);
  await ensureSearchAttributes(temporal);
  const shop = await runShop({ label: 'operator', client: temporal.client, address });
  const desk = { stores: shop.stores, temporal, purchases: shop.client };
  const close = async (): Promise<void> => {
    await shop.stop();
    await temporal.connection.close();
  };
  return { shop, desk, close };
}
