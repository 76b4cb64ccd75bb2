import type { EntitlementGrant } from '../domain/index.js';
import type { GrantOutcome, RemoteGrantActivities, WorkersWord } from '../messages/index.js';
import { classify } from '../plugins/index.js';
import type { ActivityDeps } from './deps.js';
import { pluginFailure } from './failures.js';
import { announceDelivery, announceGrant, grantOf, outcomeOf } from './grant-records.js';
import { reserveGrant } from './set-aside.js';

/** What comes before and after the work of a worker that is not ours: it says how it went, the record says what is true. */
export const remoteFulfillmentActivities = (deps: ActivityDeps): RemoteGrantActivities => ({
  async openGrant({ grant: id, at, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    const when = new Date(at);
    if (grant.status === 'delivered') await announceDelivery(deps, { grant, at: when });
    if (grant.status !== 'failed' && grant.status !== 'pending') return outcomeOf(grant);
    if (await isSoldOut(deps, { grant, at: when }))
      return fail(deps, { grant, said: { status: 'failed', code: 'sold_out' }, at: when });
    return outcomeOf(
      grant.status === 'pending' ? grant : await deps.stores.grants.await({ id, awaiting: null, at: when }),
    );
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

/** Whether nothing is left of what came to be paid after it was let go. */
async function isSoldOut(
  deps: ActivityDeps,
  { grant, at }: { readonly grant: EntitlementGrant; readonly at: Date },
): Promise<boolean> {
  try {
    await reserveGrant(deps, { grant, at });
    return false;
  } catch (thrown) {
    if (classify(thrown).code === 'sold_out') return true;
    throw pluginFailure(thrown);
  }
}

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
