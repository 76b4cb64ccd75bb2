import { condition, patched } from '@temporalio/workflow';
import type { GrantOutcome, GrantPlan, Resolution } from '../messages/index.js';
import { aside } from './aside.js';
import { park, parkUnless } from './attention.js';
import { now } from './clock.js';
import { showDetails } from './details.js';
import type { Purchase } from './purchase-context.js';
import { fulfillRemotely, revokeRemotely } from './remote-grant.js';
import type { Decided } from './remote-grant.js';
import { isRemote } from './remote-worker.js';
import { failureCode, steps } from './steps.js';

/** Hands over what was sold: one grant per entitlement and unit, in parallel, each failing alone. Ends when each is delivered, pending or decided. */
export async function fulfill(p: Purchase): Promise<void> {
  const plans = p.grants.filter(({ grant }) => !p.waivedGrants.has(grant));
  await Promise.all(plans.map(async (plan) => follow(p, plan, await tryGrant(p, plan))));
}

/** Sees a try through: what failed is decided by an operator, or by what is recorded meanwhile; what is pending is heard of later. */
async function follow(p: Purchase, plan: GrantPlan, first: GrantOutcome | Decided): Promise<void> {
  let tried = first;
  while (tried.status === 'failed' || tried.status === 'decided') {
    const decision = tried.status === 'decided' ? tried.decision : await decisionAbout(p, plan, tried);
    const next = decision === undefined ? await newsOf(p, plan) : await carryOut(p, plan, decision);
    if (next === undefined) return;
    tried = next;
  }
  if (tried.status === 'pending') finishLater(p, plan);
}

/** What was recorded while a person was asked; undefined when a refund ended the grant. */
async function newsOf(p: Purchase, { grant }: GrantPlan): Promise<GrantOutcome | undefined> {
  return p.toldGrants.delete(grant) ? accept(p, grant) : undefined;
}

/** Does what was decided: answers the next try, or undefined when there is none. */
async function carryOut(
  p: Purchase,
  plan: GrantPlan,
  { action, evidence, actor }: Resolution,
): Promise<GrantOutcome | Decided | undefined> {
  if (action === 'retry') return tryGrant(p, plan);
  const how = action === 'waive' ? 'waive' : 'deliverByHand';
  try {
    await steps.closeGrant({ ...p.of, grant: plan.grant, at: now(), how, evidence: `${actor}: ${evidence ?? ''}` });
    return undefined;
  } catch (error) {
    p.lastError = failureCode(error);
    return { status: 'failed', code: p.lastError };
  }
}

/** Nobody needs to decide any more once something new is on record, or the grant has ended. */
async function decisionAbout(p: Purchase, plan: GrantPlan, { code }: GrantOutcome): Promise<Resolution | undefined> {
  const trouble = { kind: 'grant', object: plan.grant, reason: `could not be handed over: ${code}` } as const;
  const endsByItself = isRemote(plan) || patched('ended-grants-are-not-decided');
  const isOver = () => p.toldGrants.has(plan.grant) || (endsByItself && p.endedGrants.has(plan.grant));
  return parkUnless(p, trouble, isOver);
}

async function tryGrant(p: Purchase, plan: GrantPlan): Promise<GrantOutcome | Decided> {
  try {
    return await tryStep(p, plan);
  } catch (error) {
    p.lastError = failureCode(error);
    showDetails(p);
    return { status: 'failed', code: p.lastError };
  }
}

function tryStep(p: Purchase, plan: GrantPlan): Promise<GrantOutcome | Decided> {
  if (isRemote(plan)) return fulfillRemotely(p, plan);
  const step = plan.reach === 'own_stores' ? steps.fulfillOwn : steps.fulfillOutside;
  return step({ ...p.of, grant: plan.grant, at: now() });
}

/** The run stays open for it, and everything else goes on. */
function finishLater(p: Purchase, plan: GrantPlan): void {
  if (p.endedGrants.has(plan.grant)) return;
  p.pendingGrants.add(plan.grant);
  aside(p, async () => {
    const outcome = await heardOf(p, plan);
    p.pendingGrants.delete(plan.grant);
    if (outcome !== undefined) await follow(p, plan, outcome);
  });
}

/** What became of a pending grant; undefined when a refund ended it. */
async function heardOf(p: Purchase, { grant }: GrantPlan): Promise<GrantOutcome | undefined> {
  for (;;) {
    await condition(() => p.toldGrants.has(grant) || !p.pendingGrants.has(grant));
    if (!p.pendingGrants.has(grant)) return undefined;
    p.toldGrants.delete(grant);
    // Runs of before believed the signal; now it only says that there is something to read.
    if (!patched('pending-grants-are-read')) return undefined;
    const outcome = await accept(p, grant);
    if (outcome.status !== 'pending') return outcome;
  }
}

async function accept(p: Purchase, grant: GrantPlan['grant']): Promise<GrantOutcome> {
  try {
    return await steps.acceptGrant({ ...p.of, grant, at: now(), said: null });
  } catch (error) {
    return { status: 'failed', code: failureCode(error) };
  }
}

/** Ends grants: those of lines that were refunded in full, or what the merchant asked to end. A grant that cannot be ended stays on the operator's list. */
export async function revoke(
  p: Purchase,
  plans: readonly GrantPlan[],
  reason: 'refund' | 'operator' = 'refund',
): Promise<void> {
  await Promise.all(plans.map((plan) => revokeGrant(p, plan, reason)));
}

async function revokeGrant(p: Purchase, plan: GrantPlan, reason: 'refund' | 'operator'): Promise<void> {
  p.pendingGrants.delete(plan.grant);
  for (;;) {
    const tried = await tryRevoke(p, plan, reason);
    if (tried === null) return;
    const decision =
      'decision' in tried
        ? tried.decision
        : await park(p, { kind: 'grant', object: plan.grant, reason: `could not be revoked: ${tried.code}` });
    if (decision.action !== 'retry') return;
  }
}

/** Our record first: access ends here, whoever has to take back what elsewhere. */
async function tryRevoke(
  p: Purchase,
  plan: GrantPlan,
  reason: 'refund' | 'operator',
): Promise<{ code: string } | Decided | null> {
  const step = plan.reach === 'outside' ? steps.revokeOutside : steps.revokeOwn;
  try {
    await step({ ...p.of, grant: plan.grant, at: now(), reason });
    p.endedGrants.add(plan.grant);
    // It may have been left for later while it was being ended.
    p.pendingGrants.delete(plan.grant);
    return isRemote(plan) ? await revokeRemotely(p, plan) : null;
  } catch (error) {
    p.lastError = failureCode(error);
    return { code: p.lastError };
  }
}
