import { patched } from '@temporalio/workflow';
import { mayLetGo } from '../domain/purchase-state.js';
import type { AttemptId } from '../domain/ids.js';
import type { PreparedCharge } from '../messages/index.js';
import { closeCase, openCase } from './attention.js';
import type { Purchase } from './purchase-context.js';
import { failureCode, steps } from './steps.js';

/**
 * Quotes, sets aside what can run out, and freezes. From then on something may be held, however the step ended. A run that began under an older release learns only from
 * the answer that something can run out.
 */
export async function prepareCharge(p: Purchase, attempt: AttemptId): Promise<PreparedCharge> {
  if (p.limited) hold(p, attempt);
  const prepared = await (p.limited ? steps.quoteAndSetAside : steps.quoteTax)({ ...p.of, attempt });
  if (prepared.limited) hold(p, attempt);
  return prepared;
}

/** What a person said about goods of an attempt before says nothing about these. */
function hold(p: Purchase, attempt: AttemptId): void {
  if (p.cases.has(caseOf(p)) && patched('held-anew')) closeCase(p, caseOf(p));
  p.limited = true;
  p.holding = true;
  p.heldFor = attempt;
  p.failedReleases = 0;
}

/** Whether something is held that nobody is paying for. */
export const holdsInVain = (p: Purchase): boolean => p.holding && mayLetGo(p.state);

/** Whether to let go now: at once the first time; after a failure when the ladder or a person says so. */
export const isReleaseDue = (p: Purchase): boolean =>
  holdsInVain(p) && (p.failedReleases === 0 || p.cases.get(caseOf(p))?.resolution !== undefined);

/** Lets go of what was set aside, so that others can buy it. What cannot be let go is tried again by the ladder, and a person may end it. */
export async function releaseGoods(p: Purchase): Promise<void> {
  const decision = p.cases.get(caseOf(p))?.resolution;
  if (decision) closeCase(p, caseOf(p));
  if (decision?.action !== 'waive' && !(await tryRelease(p))) {
    p.failedReleases += 1;
    const reason = `goods that were set aside could not be released: ${p.lastError}`;
    openCase(p, { kind: 'goods', object: p.input.payment, reason });
    return;
  }
  p.holding = false;
  closeCase(p, caseOf(p));
}

const caseOf = ({ input }: Purchase): string => `goods:${input.payment}`;

async function tryRelease(p: Purchase): Promise<boolean> {
  try {
    await steps.releaseGoods({ ...p.of, ...(p.heldFor !== null && { attempt: p.heldFor }) });
    return true;
  } catch (error) {
    p.lastError = failureCode(error);
    return false;
  }
}
