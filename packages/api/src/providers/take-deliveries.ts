import { createGrantReports } from '@payonce/engine/client';
import { isDomainError, isId } from '@payonce/engine/domain';
import type { EntitlementGrant, Scope } from '@payonce/engine/domain';
import { PluginAnswerError } from '@payonce/engine/plugins';
import type { FulfillmentActionDone } from '@payonce/plugin-sdk';
import type { ApiDeps } from '../deps.js';

type Deliveries = NonNullable<FulfillmentActionDone['delivered']>;

/** What an action handed over, and whose it must be. */
interface TakeDeliveries {
  readonly scope: Scope;
  readonly provider: string;
  readonly deliveries: Deliveries;
}

/**
 * Stores what an action delivered and tells the purchases. All are looked at before any is stored: a provider delivers its own grants only, of the business and mode that asked.
 * Of two deliveries the first stored one counts; a grant that was revoked meanwhile stays so. Rejects with a PluginAnswerError when a grant is not the provider's to deliver.
 */
export async function takeDeliveries(deps: ApiDeps, taking: TakeDeliveries): Promise<void> {
  const { delivered } = createGrantReports({ ...deps, client: deps.purchases });
  const owned = await Promise.all(
    taking.deliveries.map(async (delivery) => ({ ...delivery, grant: await ownGrant(deps, taking, delivery.grant) })),
  );
  for (const delivery of owned) await unlessRevoked(deps, delivery.grant, () => delivered(delivery));
}

async function ownGrant(
  { stores }: ApiDeps,
  { scope, provider }: TakeDeliveries,
  id: string,
): Promise<EntitlementGrant> {
  const grant = isId('entg', id) ? await stores.grants.findScoped({ ...scope, id }) : undefined;
  if (grant?.provider === provider) return grant;
  throw new PluginAnswerError(`${id} is no grant of this business, mode and provider`);
}

async function unlessRevoked(
  { logger }: ApiDeps,
  { id }: EntitlementGrant,
  deliver: () => Promise<unknown>,
): Promise<void> {
  try {
    await deliver();
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'GRANT_REVOKED') throw error;
    logger.warn({ grant: id }, 'a grant was revoked before an action delivered it');
  }
}
