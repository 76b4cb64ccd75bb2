import type { Payment, Scope } from '@payonce/engine/domain';
import type { Desk } from '../connections/shop.js';
import { retryCommand } from './commands-to-type.js';
import type { Stuck, StuckQuery } from './stuck-entry.js';
import { isRunning } from './workflow.js';

const PATIENCE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
const PAGE = 100;
const STATUSES = ['succeeded', 'processing', 'requires_customer_action', 'requires_merchant_action'] as const;

/** Records that are not finished although no workflow carries them on, as after a loss of Temporal's data. */
export async function unfinishedWithoutWorkflow(desk: Desk, { now, days }: StuckQuery): Promise<readonly Stuck[]> {
  const business = await desk.stores.businesses.first();
  if (!business) return [];
  const scopes = (['test', 'live'] as const).map((mode) => ({ business: business.id, mode }));
  const since = new Date(now.getTime() - days * DAY_MS);
  const before = now.getTime() - PATIENCE_MS;
  const found = await Promise.all(scopes.map((scope) => unfinished(desk, { scope, since })));
  const quiet = found.flat().filter(({ state }) => state.at.getTime() < before);
  return (await Promise.all(quiet.map((payment) => withoutWorkflow(desk, payment)))).flat();
}

async function unfinished(
  { stores }: Desk,
  { scope, since: createdFrom }: { readonly scope: Scope; readonly since: Date },
): Promise<readonly Payment[]> {
  const found: Payment[] = [];
  for (const status of STATUSES) {
    for (let number = 0; ; number += 1) {
      const page = await stores.payments.list({ ...scope, status, createdFrom, page: { number, size: PAGE } });
      found.push(...page.filter(isUnfinished));
      if (page.length < PAGE) break;
    }
  }
  return found;
}

function isUnfinished({ state: { value } }: Payment): boolean {
  return (
    value.kind === 'attempt_open' || value.kind === 'held' || (value.kind === 'paid' && value.stage === 'fulfilling')
  );
}

async function withoutWorkflow(desk: Desk, payment: Payment): Promise<readonly Stuck[]> {
  if (await isRunning(desk, payment.session)) return [];
  const { kind } = payment.state.value;
  const what = `${kind === 'paid' ? 'paid, not handed over' : kind}, and no workflow carries it on`;
  return [{ object: payment.id, since: payment.state.at, what, todo: retryCommand(payment.id) }];
}
