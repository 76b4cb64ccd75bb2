import { condition } from '@temporalio/workflow';
import type { RefundId } from '../domain/ids.js';
import type { RefundRequest, Resolution } from '../messages/index.js';
import { closeCase, openCase } from './attention.js';
import { showDetails } from './details.js';
import { revoke } from './fulfill.js';
import { waitBefore } from './ladder.js';
import type { Purchase } from './purchase-context.js';
import { voidTax } from './settle.js';
import { failureCode, steps } from './steps.js';
import { now } from './clock.js';

/** Serves refunds from the moment money moved until the run closes, each on its own. */
export async function serveRefunds(p: Purchase): Promise<void> {
  const running = new Set<Promise<void>>();
  for (;;) {
    await condition(() => p.refundRequests.length > 0 || p.closing);
    const request = p.refundRequests.shift();
    if (request === undefined) break;
    const task: Promise<void> = refund(p, request).finally(() => running.delete(task));
    running.add(task);
  }
  await Promise.all(running);
}

/** One refund: reserved already, or now under the same rules; then asked for, followed until it is settled, written with its event, and what it paid for ended. */
async function refund(p: Purchase, request: RefundRequest): Promise<void> {
  const id = 'refundId' in request ? request.refundId : await reserve(p, request);
  if (id === undefined || p.refundsInProgress.has(id) || p.refundsDone.has(id)) return;
  p.refundsInProgress.add(id);
  showDetails(p);
  const end = await follow(p, id);
  if (end !== 'not_ours') await settle(p, id, end);
  p.refundsInProgress.delete(id);
  showDetails(p);
}

async function settle(p: Purchase, id: RefundId, { status, note }: End): Promise<void> {
  const settled = await steps.settleRefund({
    ...p.of,
    refund: id,
    status,
    at: now(),
    ...(note === undefined ? {} : { note }),
  });
  await revoke(p, settled.revoke);
  if (settled.voidsTax === true) await voidTax(p, id);
  p.refundsDone.add(id);
}

async function reserve(
  p: Purchase,
  request: Exclude<RefundRequest, { refundId: RefundId }>,
): Promise<RefundId | undefined> {
  p.typedRefunds += 1;
  const reserved = await steps.reserveRefund({ ...p.of, key: `typed-${p.typedRefunds}`, ...request });
  if ('refund' in reserved) return reserved.refund;
  p.lastError = reserved.refused;
  return undefined;
}

interface End {
  readonly status: 'succeeded' | 'failed';
  readonly note?: string;
}

/** Asks, then waits for the processor's word: its report, or a look-up by the ladder. Who does not answer twice becomes a case. */
async function follow(p: Purchase, refund: RefundId): Promise<End | 'not_ours'> {
  let status = await send(p, refund);
  for (let rung = 0; status === 'pending' || status === 'unknown'; rung += 1) {
    const caseId = `refund:${refund}`;
    if (status === 'unknown' && rung > 0)
      openCase(p, { kind: 'refund', object: refund, reason: `the processor does not answer: ${p.lastError}` });
    const decided = () => p.cases.get(caseId)?.resolution;
    await condition(() => p.refundReports.has(refund) || decided() !== undefined, waitBefore(rung), {
      summary: 'until the processor is asked about the refund',
    });
    const end = endBy(decided());
    const reported = p.refundReports.get(refund);
    if (end ?? reported ?? decided()) closeCase(p, caseId);
    if (end) return end;
    status = reported ?? (await ask(p, refund));
  }
  closeCase(p, `refund:${refund}`);
  return status === 'not_ours' ? status : { status };
}

function endBy(resolution: Resolution | undefined): End | undefined {
  if (resolution === undefined || resolution.action === 'retry') return undefined;
  return {
    status: resolution.action === 'markDone' ? 'succeeded' : 'failed',
    note: `${resolution.actor}: ${resolution.evidence ?? resolution.action}`,
  };
}

type Standing = 'pending' | 'succeeded' | 'failed' | 'unknown' | 'not_ours';

async function send(p: Purchase, refund: RefundId): Promise<Standing> {
  try {
    const { status } = await steps.refund({ ...p.of, refund });
    return status;
  } catch (error) {
    p.lastError = failureCode(error);
    return p.lastError === 'refund_not_found' ? 'not_ours' : 'unknown';
  }
}

/** What is not there was never sent: it is sent now, under the same key. */
async function ask(p: Purchase, refund: RefundId): Promise<Standing> {
  try {
    const { status } = await steps.lookUpRefund({ ...p.of, refund });
    return status === 'not_found' ? await send(p, refund) : status;
  } catch (error) {
    p.lastError = failureCode(error);
    return 'unknown';
  }
}
