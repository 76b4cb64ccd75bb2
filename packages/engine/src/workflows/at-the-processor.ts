import type { AttemptId } from '../domain/ids.js';
import type { LearnedOutcome } from '../domain/purchase-state.js';
import type { LookedUp } from '../messages/index.js';
import type { Purchase } from './purchase-context.js';
import { failureCode, steps } from './steps.js';

/** Sends a charge; when the processor does not answer, the outcome is unknown. */
export async function sendCharge(p: Purchase, attempt: AttemptId): Promise<LearnedOutcome> {
  try {
    return await steps.charge({ ...p.of, attempt });
  } catch (error) {
    p.lastError = failureCode(error);
    return { status: 'unknown' };
  }
}

/** Captures what was authorized. No answer leaves it unknown: the money is not lost, and not believed. */
export async function capture(p: Purchase, attempt: AttemptId): Promise<LearnedOutcome> {
  try {
    return await steps.capture({ ...p.of, attempt });
  } catch (error) {
    p.lastError = failureCode(error);
    return { status: 'unknown' };
  }
}

/** Asks the processor to cancel; when it does not answer, the outcome is unknown. */
export async function cancel(p: Purchase, attempt: AttemptId): Promise<LearnedOutcome> {
  try {
    return await steps.cancelCharge({ ...p.of, attempt });
  } catch (error) {
    p.lastError = failureCode(error);
    return { status: 'unknown' };
  }
}

/** Asks what became of an attempt; undefined when there is no answer. */
export async function ask(p: Purchase, attempt: AttemptId): Promise<LookedUp | undefined> {
  try {
    return await steps.lookUpCharge({ ...p.of, attempt });
  } catch (error) {
    p.lastError = failureCode(error);
    return undefined;
  }
}
