import { listStatus } from './attention.js';
import { applyOutcome } from './attempts.js';
import { cancel } from './at-the-processor.js';
import { move } from './purchase-context.js';
import type { Purchase } from './purchase-context.js';

/** Ends an unpaid session. An open attempt is cancelled at the processor first: money can land on the deadline, and then it counts. */
export async function endSession(p: Purchase): Promise<void> {
  if (p.state.kind === 'attempt_open') await applyOutcome(p, p.state.attempt, await cancel(p, p.state.attempt));
  if (p.state.kind !== 'awaiting_payment') return;
  const { failed } = p.state;
  const reason = p.cancelRequested && !p.expired ? 'cancelled' : 'expired';
  await move(
    p,
    { type: 'ended', reason },
    failed === null ? [] : [{ type: 'payment.cancelled', object: failed.attempt }],
  );
  listStatus(p);
}
