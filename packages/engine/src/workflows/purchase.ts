import { CancellationScope, allHandlersFinished, condition, patched } from '@temporalio/workflow';
import { transition } from '../domain/purchase-state.js';
import type { PurchaseInput, PurchaseResult } from '../messages/index.js';
import { awaitPayment } from './await-payment.js';
import { serveEndings } from './end-grants.js';
import { fulfill } from './fulfill.js';
import { listen } from './handlers.js';
import { now } from './clock.js';
import { newPurchase } from './purchase-context.js';
import type { Purchase } from './purchase-context.js';
import { serveRefunds } from './refund.js';
import { computeTax, emitWebhooks, hearOfMoneyUntil, keepRefundWindow } from './settle.js';
import { steps } from './steps.js';

/**
 * One purchase, from a payable session to the end of its refund window. Before the money moved it undoes; after that it only goes forward, and what cannot go forward
 * waits for a person, visibly.
 */
export async function purchase(input: PurchaseInput): Promise<PurchaseResult> {
  const p = newPurchase(input);
  listen(p);
  await CancellationScope.nonCancellable(async () => {
    await sell(p);
    await condition(allHandlersFinished);
  });
  return { state: p.state.kind, refunds: p.refundsDone.size };
}

async function sell(p: Purchase): Promise<void> {
  await createCheckout(p);
  while (!(await awaitPayment(p))) if (await isDoneWith(p)) return;
  const asked = Promise.all([serveRefunds(p), serveEndings(p)]);
  await hearOfMoneyUntil(p, Promise.all([computeTax(p), fulfill(p)]));
  await emitWebhooks(p);
  await keepRefundWindow(p);
  await asked;
}

/** What is done beside an ended session may take days: money that comes meanwhile is still heard of. */
async function isDoneWith(p: Purchase): Promise<boolean> {
  await condition(() => p.aside === 0 || p.reports.length > 0);
  if (p.reports.length > 0 && patched('heard-to-the-end')) return false;
  await condition(() => p.aside === 0);
  p.closing = true;
  return true;
}

/** A new session becomes payable; a run from the record takes up what is known and charges nothing again. */
async function createCheckout(p: Purchase): Promise<void> {
  if (p.input.from === 'new') {
    const { processor, limited = false } = await steps.createCheckout(p.of);
    p.processor = processor;
    p.limited = limited;
    return;
  }
  const record = await steps.loadRecord(p.of);
  p.state = record.state;
  p.revision = record.revision;
  p.processor = record.processor;
  p.limited = record.limited ?? false;
  p.holding = p.limited && p.state.kind !== 'paid';
  p.paidAt = record.paidAt;
  p.grants = record.grants;
  p.waivedGrants = new Set(record.waived);
  for (const { attempt, asked } of record.attempts) p.asked.set(attempt, asked);
  for (const refundId of record.pendingRefunds) p.refundRequests.push({ refundId });
  const inFlight = record.inFlight;
  const asked = inFlight && p.asked.get(inFlight);
  if (inFlight && asked) p.state = transition(p.state, { type: 'attempt_started', attempt: inFlight, asked });
  if (p.state.kind === 'attempt_open') p.lookUpNow = true;
  await finishTransition(p);
}

/** A crash may have left a paid record without its grants, its invoice or its event: a transition that is made again makes what is missing. */
async function finishTransition(p: Purchase): Promise<void> {
  if (p.state.kind !== 'paid' || p.state.stage !== 'fulfilling' || !patched('transitions-are-finished')) return;
  const { grants } = await steps.recordTransition({
    ...p.of,
    revision: p.revision,
    state: p.state,
    at: p.paidAt ?? now(),
    events: [{ type: 'payment.succeeded', object: p.state.attempt }],
  });
  if (grants.length > 0) p.grants = grants;
}
