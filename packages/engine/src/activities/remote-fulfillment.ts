import type { EntitlementGrant } from '../domain/index.js';
import type { GrantOutcome, RemoteGrantActivities, WorkersWord } from '../messages/index.js';
import type { ActivityDeps } from './deps.js';
import { announceDelivery, announceGrant, grantOf, outcomeOf } from './grant-records.js';

/** What comes before and after the work of a worker that is not ours: it says how it went, the record says what is true. */
export const remoteFulfillmentActivities = (deps: ActivityDeps): RemoteGrantActivities => ({
  async openGrant({ grant: id, at, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    if (grant.status === 'delivered') await announceDelivery(deps, { grant, at: new Date(at) });
    if (grant.status !== 'failed') return outcomeOf(grant);
    return outcomeOf(await deps.stores.grants.await({ id, awaiting: null, at: new Date(at) }));
  },

  async acceptGrant({ grant: id, at, said, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    const when = new Date(at);
    switch (grant.status) {
      case 'delivered':
        await announceDelivery(deps, { grant, at: when });
        return outcomeOf(grant);
      case 'failed':
        return announceFailure(deps, { grant, at: when });
      case 'pending':
        return said === null || said.status === 'pending' ? outcomeOf(grant) : fail(deps, { grant, said, at: when });
      case 'suspended':
      case 'revoked':
        return outcomeOf(grant);
    }
  },

  async acceptRevocation({ grant: id, ...of }) {
    const { takenBackAt } = await grantOf(deps, { ...of, grant: id });
    return { takenBack: takenBackAt !== undefined };
  },
});

/** A delivery that is not stored was not made, whatever the worker says. */
async function fail(
  deps: ActivityDeps,
  { grant, said, at }: { grant: EntitlementGrant; said: WorkersWord; at: Date },
): Promise<GrantOutcome> {
  const code = said.code ?? 'delivery_not_stored';
  const error = { code, message: `the provider ${grant.provider} failed: ${code}` };
  const failed = await deps.stores.grants.fail({ id: grant.id, error, at });
  return failed.status === 'failed' ? announceFailure(deps, { grant: failed, at }) : outcomeOf(failed);
}

async function announceFailure(
  deps: ActivityDeps,
  { grant, at }: { grant: EntitlementGrant; at: Date },
): Promise<GrantOutcome> {
  await announceGrant(deps, { type: 'entitlement_grant.failed', grant, at });
  return outcomeOf(grant);
}
