import type { AttemptId } from '../domain/ids.js';
import type { Amount } from '../domain/purchase-state.js';
import { aside } from './aside.js';
import { park } from './attention.js';
import type { Purchase } from './purchase-context.js';
import { failureCode, steps } from './steps.js';

/** Paid twice: the later money goes back, once. When it cannot, an operator decides; the sale goes on meanwhile. */
export function returnSecondPayment(p: Purchase, attempt: AttemptId): void {
  aside(p, async () => {
    while (!(await tryReturn(p, attempt))) {
      const reason = `a second payment could not be given back: ${p.lastError}`;
      const { action } = await park(p, { kind: 'mismatch', object: attempt, reason });
      if (action === 'accept') return;
    }
  });
}

/** Money under a reference of ours that this purchase never charged: nothing here can move it, so an operator looks at the processor. */
export function reportStranger(p: Purchase, attempt: AttemptId, { amount, currency }: Amount): void {
  aside(p, async () => {
    const reason = `${amount} ${currency} came for an attempt that is not on record: settle it at the processor`;
    await park(p, { kind: 'mismatch', object: attempt, reason });
  });
}

async function tryReturn(p: Purchase, attempt: AttemptId): Promise<boolean> {
  try {
    await steps.returnCharge({ ...p.of, attempt });
    return true;
  } catch (error) {
    p.lastError = failureCode(error);
    return false;
  }
}
