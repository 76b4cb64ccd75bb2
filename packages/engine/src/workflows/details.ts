import { setCurrentDetails } from '@temporalio/workflow';
import { toDecimal } from '../domain/vocabulary.js';
import type { PurchaseView } from '../messages/index.js';
import type { OpenCase, Purchase } from './purchase-context.js';

/** What operators filter by: the state, unless a person is needed. */
export function statusOf({ state, cases }: Purchase): string {
  if (cases.size > 0) return 'needs_attention';
  switch (state.kind) {
    case 'awaiting_payment':
      return 'awaiting_payment';
    case 'attempt_open':
      return state.phase;
    case 'held':
      return 'held';
    case 'paid':
      return state.stage === 'settled' ? 'settled' : 'fulfilling';
    case 'closed':
      return state.reason;
  }
}

/** What the purchase waits for now. */
function waitsFor(p: Purchase): string {
  if (p.cases.size > 0) return endsOf([...p.cases.values()]);
  switch (p.state.kind) {
    case 'awaiting_payment':
      return 'the buyer to press Pay';
    case 'attempt_open':
      return {
        charging: 'the processor to answer',
        requires_action: 'the buyer to finish paying',
        processing: 'the processor to settle',
        unknown: 'the processor to say whether it charged',
      }[p.state.phase];
    case 'held':
      return 'a decision about the captured amount';
    case 'paid':
      return p.state.stage === 'settled' ? 'the refund window to close' : 'fulfillment';
    case 'closed':
      return 'nothing';
  }
}

function endsOf(cases: readonly OpenCase[]): string {
  const toDecide = cases.filter(({ orUntil }) => orUntil === undefined).map(({ id }) => id);
  const others = new Set(cases.flatMap(({ orUntil }) => orUntil ?? []));
  return [...(toDecide.length > 0 ? [`a decision about ${toDecide.join(', ')}`] : []), ...others].join(' and ');
}

/** When what it waits for is over by itself, RFC 3339. */
function waitsUntil(p: Purchase): string | null {
  if (p.state.kind === 'awaiting_payment' || p.state.kind === 'attempt_open') return new Date(p.deadline).toISOString();
  if (p.state.kind === 'paid' && p.paidAt !== null) return new Date(windowEnd(p)).toISOString();
  return null;
}

/** Milliseconds since 1970. */
export const windowEnd = ({ paidAt, input }: Purchase): number => (paidAt ?? 0) + input.refundWindowDays * 86_400_000;

/** The answer to the query `state`. */
export const viewOf = (p: Purchase): PurchaseView => ({
  payment: p.input.payment,
  session: p.input.session,
  revision: p.revision,
  state: p.state,
  waitsFor: waitsFor(p),
  until: waitsUntil(p),
  attention: [...p.cases.values()].map(({ resolution: _, ...shown }) => shown),
  refundsInProgress: [...p.refundsInProgress],
  lastError: p.lastError,
});

/** Rewrites what the operator's screen shows. Costs no history. */
export function showDetails(p: Purchase): void {
  const amount = 'asked' in p.state ? `${toDecimal(p.state.asked)} ${p.state.asked.currency}` : 'not frozen yet';
  const lines = [
    `**${statusOf(p)}**: ${p.input.payment}, ${amount}`,
    `Waits for ${waitsFor(p)}${waitsUntil(p) === null ? '' : ` until ${waitsUntil(p)}`}`,
    ...(p.lastError === null ? [] : [`Last error: \`${p.lastError}\``]),
    ...[...p.cases.values()].flatMap((open) => [
      '',
      `**${open.id}** since ${open.since}: ${open.reason}`,
      commandFor(p, open),
    ]),
  ];
  setCurrentDetails(lines.join('\n\n'));
}

const commandFor = (p: Purchase, { id, actions }: OpenCase): string =>
  `\`temporal workflow update execute --workflow-id purchase/${p.input.session} --name resolve --input '{"case":"${id}","action":"${actions[0]}","actor":"you","evidence":""}'\` (action: ${actions.join(' | ')})`;
