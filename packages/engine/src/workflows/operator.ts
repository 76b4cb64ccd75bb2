import { closeCase, listStatus, park } from './attention.js';
import { applyOutcome, lookUp } from './attempts.js';
import { move } from './purchase-context.js';
import type { Purchase } from './purchase-context.js';
import { failureCode, steps } from './steps.js';

/** Carries out what an operator decided about an attempt whose outcome nobody knows. */
export async function resolveUnknown(p: Purchase): Promise<void> {
  for (const { id, object, resolution } of [...p.cases.values()]) {
    if (resolution === undefined || !id.startsWith('unknown:')) continue;
    closeCase(p, id);
    if (p.state.kind !== 'attempt_open' || p.state.attempt !== object) continue;
    if (resolution.action === 'recheck') await lookUp(p);
    else
      await override(p, {
        outcome: resolution.action === 'markPaid' ? 'succeeded' : 'failed',
        evidence: resolution.evidence ?? '',
        actor: resolution.actor,
      });
  }
}

/** Takes note that an operator saw what the processor refuses. */
export async function dismissFaults(p: Purchase): Promise<void> {
  for (const { id, kind, resolution } of [...p.cases.values()])
    if (kind === 'processor' && resolution !== undefined) closeCase(p, id);
}

async function override(
  p: Purchase,
  word: { outcome: 'succeeded' | 'failed'; evidence: string; actor: string },
): Promise<void> {
  if (p.state.kind !== 'attempt_open') return;
  const { attempt } = p.state;
  await applyOutcome(p, attempt, await steps.overrideCharge({ ...p.of, attempt, ...word }));
}

/** Captured money that is not what was asked for: the merchant takes it, or it goes back whole. Nothing is handed over meanwhile. */
export async function resolveHold(p: Purchase): Promise<void> {
  if (p.state.kind !== 'held') return;
  const { attempt, asked, captured } = p.state;
  const reason = `captured ${captured.amount} ${captured.currency} instead of ${asked.amount} ${asked.currency}`;
  const { action } = await park(p, {
    kind: 'mismatch',
    object: attempt,
    reason: p.lastError === null ? reason : `${reason}; ${p.lastError}`,
  });
  if (action === 'accept') await move(p, { type: 'hold_accepted' }, [{ type: 'payment.succeeded', object: attempt }]);
  else await giveBack(p, attempt);
}

async function giveBack(p: Purchase, attempt: Extract<Purchase['state'], { kind: 'held' }>['attempt']): Promise<void> {
  try {
    await steps.returnCharge({ ...p.of, attempt });
    await move(p, { type: 'hold_returned' }, [{ type: 'payment.cancelled', object: attempt }]);
    listStatus(p);
  } catch (error) {
    p.lastError = failureCode(error);
  }
}
