import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import { PURCHASE_STATUS, RESOLUTIONS, STUCK_SINCE } from '../messages/index.js';
import type { AttentionKind, Resolution } from '../messages/index.js';
import { showDetails, statusOf } from './details.js';
import type { OpenCase, Purchase } from './purchase-context.js';
import { now } from './clock.js';

/** Why somebody is needed. */
export interface Trouble {
  readonly kind: AttentionKind;
  /** The attempt, grant or refund concerned. */
  readonly object: string;
  readonly reason: string;
  /** What ends it without a decision; left out when nothing does. */
  readonly orUntil?: string;
}

/** Puts a case on the operator's list and leaves everything else working. The same case twice is one. */
export function openCase(p: Purchase, { kind, object, ...why }: Trouble): OpenCase {
  const id = `${kind}:${object}`;
  const known = p.cases.get(id);
  if (known) return known;
  const opened: OpenCase = {
    id,
    kind,
    object,
    ...why,
    since: new Date(now()).toISOString(),
    actions: RESOLUTIONS[kind],
  };
  p.cases.set(id, opened);
  announce(p);
  return opened;
}

/** Takes a case off the list. */
export function closeCase(p: Purchase, id: string): void {
  if (p.cases.delete(id)) announce(p);
}

/** Waits for a person's decision about a case. */
export async function park(p: Purchase, trouble: Trouble): Promise<Resolution> {
  const resolution = await parkUnless(p, trouble, () => false);
  if (resolution === undefined) throw new Error(`a case about ${trouble.object} was closed without a decision`);
  return resolution;
}

/** The same, unless the case is over without one: undefined then. */
export async function parkUnless(
  p: Purchase,
  trouble: Trouble,
  isOver: () => boolean,
): Promise<Resolution | undefined> {
  const opened = openCase(p, trouble);
  await condition(() => opened.resolution !== undefined || isOver());
  closeCase(p, opened.id);
  return opened.resolution;
}

/** The case that a resolution names: by id, or by kind when there is one of that kind. */
export function findCase(p: Purchase, name: string): OpenCase | undefined {
  const ofKind = [...p.cases.values()].filter(({ kind }) => kind === name);
  return p.cases.get(name) ?? (ofKind.length === 1 ? ofKind[0] : undefined);
}

/** Corrects the operators' lists when they show something else. Each write costs an event, so the usual ways of a sale are listed once, at their end. */
export function listStatus(p: Purchase): void {
  if (p.listedAs !== statusOf(p)) announce(p);
}

function announce(p: Purchase): void {
  const [oldest] = p.cases.values();
  p.listedAs = statusOf(p);
  upsertSearchAttributes([
    { key: PURCHASE_STATUS, value: p.listedAs },
    { key: STUCK_SINCE, value: oldest === undefined ? null : new Date(oldest.since) },
  ]);
  showDetails(p);
}
