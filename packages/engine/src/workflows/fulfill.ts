import type { GrantId } from '../domain/ids.js';
import type { GrantOutcome, GrantPlan } from '../messages/index.js';
import { park } from './attention.js';
import { showDetails } from './details.js';
import type { Purchase } from './purchase-context.js';
import { failureCode, steps } from './steps.js';
import { now } from './clock.js';

/** Hands over what was sold: one grant per entitlement and unit, in parallel, each failing alone. Ends when each is delivered, pending or decided. */
export async function fulfill(p: Purchase): Promise<void> {
  await Promise.all(p.grants.map((plan) => fulfillGrant(p, plan)));
}

async function fulfillGrant(p: Purchase, plan: GrantPlan): Promise<void> {
  for (;;) {
    const { status, code } = await tryGrant(p, plan);
    if (status === 'pending') p.pendingGrants.add(plan.grant);
    if (status !== 'failed') return;
    const { action, evidence, actor } = await park(p, {
      kind: 'grant',
      object: plan.grant,
      reason: `could not be handed over: ${code}`,
    });
    if (action === 'retry') continue;
    const how = action === 'waive' ? 'waive' : 'deliverByHand';
    await steps.closeGrant({ ...p.of, grant: plan.grant, at: now(), how, evidence: `${actor}: ${evidence ?? ''}` });
    return;
  }
}

async function tryGrant(p: Purchase, { grant, reach }: GrantPlan): Promise<GrantOutcome> {
  const step = reach === 'own_stores' ? steps.fulfillOwn : steps.fulfillOutside;
  try {
    return await step({ ...p.of, grant, at: now() });
  } catch (error) {
    p.lastError = failureCode(error);
    showDetails(p);
    return { status: 'failed', code: p.lastError };
  }
}

/** Ends the grants of lines that were refunded in full. A grant that cannot be ended stays on the operator's list. */
export async function revoke(p: Purchase, plans: readonly GrantPlan[]): Promise<void> {
  await Promise.all(plans.map((plan) => revokeGrant(p, plan)));
}

async function revokeGrant(p: Purchase, { grant, reach }: GrantPlan): Promise<void> {
  p.pendingGrants.delete(grant);
  for (;;) {
    const code = await tryRevoke(p, grant, reach);
    if (code === null) return;
    const { action } = await park(p, { kind: 'grant', object: grant, reason: `could not be revoked: ${code}` });
    if (action !== 'retry') return;
  }
}

async function tryRevoke(p: Purchase, grant: GrantId, reach: GrantPlan['reach']): Promise<string | null> {
  const step = reach === 'own_stores' ? steps.revokeOwn : steps.revokeOutside;
  try {
    await step({ ...p.of, grant, at: now(), reason: 'refund' });
    return null;
  } catch (error) {
    p.lastError = failureCode(error);
    return p.lastError;
  }
}
