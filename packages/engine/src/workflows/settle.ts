import { condition, patched, upsertSearchAttributes } from '@temporalio/workflow';
import type { RefundId } from '../domain/ids.js';
import { transition } from '../domain/purchase-state.js';
import { AMOUNT, CURRENCY, PROCESSOR, PURCHASE_STATUS } from '../messages/index.js';
import type { OfPurchase, ProcessorReport } from '../messages/index.js';
import { park } from './attention.js';
import { applyOutcome } from './attempts.js';
import { showDetails, statusOf, windowEnd } from './details.js';
import { nextTransition } from './purchase-context.js';
import type { Purchase } from './purchase-context.js';
import { failureCode, steps } from './steps.js';
import { now } from './clock.js';

/** Commits the tax of record. It fails alone: goods do not wait for it. A sale that was settled before has done so, and it may be withdrawn by now. */
export async function computeTax(p: Purchase): Promise<void> {
  const wasSettled = p.state.kind === 'paid' && p.state.stage === 'settled';
  if (wasSettled && patched('settled-tax-stays')) {
    p.tax = 'committed';
    return;
  }
  const done = await insist(p, { step: steps.computeTax, object: p.input.payment, what: 'committed' });
  p.tax = done ? 'committed' : 'waived';
}

/** Withdraws it when nothing of the sale is left. It fails alone, too, and never overtakes the commit. */
export async function voidTax(p: Purchase, refund: RefundId): Promise<void> {
  await condition(() => p.tax !== 'open');
  if (p.tax === 'committed') await insist(p, { step: steps.voidTax, object: refund, what: 'withdrawn' });
}

interface TaxStep {
  readonly step: (of: OfPurchase) => Promise<unknown>;
  /** What the case is about. */
  readonly object: string;
  readonly what: string;
}

/** Until it is done, or somebody waives it: then false. */
async function insist(p: Purchase, { step, object, what }: TaxStep): Promise<boolean> {
  for (;;) {
    try {
      await step(p.of);
      return true;
    } catch (error) {
      p.lastError = failureCode(error);
    }
    const { action } = await park(p, { kind: 'tax', object, reason: `the tax could not be ${what}: ${p.lastError}` });
    if (action === 'waive') return false;
  }
}

/** Every event was stored with its transition and is on its way already; this records the settled state and hands over what a crash left behind. */
export async function emitWebhooks(p: Purchase): Promise<void> {
  p.state = transition(p.state, { type: 'settled' });
  await steps.emitWebhooks(nextTransition(p, []));
  if (p.state.kind !== 'paid') return;
  p.listedAs = statusOf(p);
  upsertSearchAttributes([
    { key: PURCHASE_STATUS, value: p.listedAs },
    { key: PROCESSOR, value: p.processor },
    { key: AMOUNT, value: p.state.captured.amount },
    { key: CURRENCY, value: p.state.captured.currency },
  ]);
  showDetails(p);
}

/** Hears of a second payment while something is done that may take days: it goes back all the same. */
export async function hearOfMoneyUntil(p: Purchase, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  for (;;) {
    await condition(() => isDone || p.reports.some((report) => isOfAnother(p, report)));
    if (isDone || !patched('heard-beside-fulfillment')) return void (await done);
    await drainReports(p);
  }
}

const isOfAnother = ({ state }: Purchase, report: ProcessorReport): boolean =>
  report.kind === 'payment' && 'attempt' in state && report.attempt !== state.attempt;

/** Stays open until the refund window closes with nothing pending. Late reports are still heard. */
export async function keepRefundWindow(p: Purchase): Promise<void> {
  const isBusy = () => p.reports.length > 0;
  while (now() < windowEnd(p)) {
    if (await condition(isBusy, Math.max(windowEnd(p) - now(), 1), { summary: 'the refund window is open' }))
      await drainReports(p);
  }
  while (!isIdle(p)) {
    await condition(() => isBusy() || isIdle(p));
    await drainReports(p);
  }
  p.closing = true;
}

const isIdle = (p: Purchase): boolean =>
  p.reports.length === 0 &&
  p.refundRequests.length === 0 &&
  p.endRequests.length === 0 &&
  p.refundsInProgress.size === 0 &&
  p.pendingGrants.size === 0 &&
  p.cases.size === 0 &&
  p.aside === 0;

async function drainReports(p: Purchase): Promise<void> {
  for (let report = p.reports.shift(); report !== undefined; report = p.reports.shift()) {
    if (report.kind === 'payment') await applyOutcome(p, report.attempt, report.outcome);
  }
}
