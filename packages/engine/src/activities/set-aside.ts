import type { Attempt, EntitlementGrant, Session } from '../domain/index.js';
import { mayLetGo } from '../domain/index.js';
import type { GoodsActivities, OfPurchase } from '../messages/index.js';
import { SoldOutError, classify } from '../plugins/index.js';
import type { ActivityDeps } from './deps.js';
import { pluginFailure } from './failures.js';
import { forProvider, plannedGrants } from './planned-grants.js';
import { sessionOf } from './records.js';

/** Goods that can run out: set aside before the charge, let go when it comes to nothing. */
export const goodsActivities = (deps: ActivityDeps): GoodsActivities => ({
  async releaseGoods({ attempt, ...of }) {
    const session = await sessionOf(deps.stores, of);
    const pressed = await deps.stores.attempts.list({ payment: of.payment });
    const last = pressed.findLast(({ id }) => attempt === undefined || id === attempt);
    if (last === undefined || !(await mayBeLetGo(deps, of))) return { released: 0 };
    const grants = limitedGrants(deps, { session, attempt: last });
    const occasion = attempt ?? `record-${last.id}`;
    const failures: unknown[] = [];
    for await (const part of inParts({
      grants,
      patience: PATIENCE_MS.release,
      take: (taking) => release(deps, { ...taking, occasion }),
    }))
      failures.push(...part.filter(isRejected).map(({ reason }) => reason));
    if (failures.length > 0) throw pluginFailure(failures[0]);
    return { released: grants.length };
  },
});

/** Whether anything of a session can run out. */
export const isLimited = ({ lines }: Session): boolean =>
  lines.some(({ entitlements }) => entitlements.some(({ reserves }) => reserves === true));

/** Why nothing was set aside, or not everything; undefined when all of it was. */
export type Lack = 'sold_out' | 'goods_unavailable';

/**
 * Sets aside every unit that can run out. Repeat-safe: the grants are the same over every repetition. What was set aside before something else was lacking stays so until
 * the purchase lets go.
 */
export async function setAside(
  deps: ActivityDeps,
  { session, attempt }: { readonly session: Session; readonly attempt: Attempt },
): Promise<Lack | undefined> {
  const grants = limitedGrants(deps, { session, attempt });
  for await (const part of inParts({
    grants,
    patience: PATIENCE_MS.reserve,
    take: (taking) => reserve(deps, { ...taking, occasion: attempt.id }),
  })) {
    const failure = part.find(isRejected);
    if (failure) {
      const { code } = classify(failure.reason);
      deps.logger.warn({ payment: session.payment, attempt: attempt.id, code }, 'goods could not be set aside');
      return 'goods_unavailable';
    }
    const reason = part.find((each) => each.status === 'fulfilled' && each.value !== undefined);
    if (reason?.status === 'fulfilled') return soldOut(deps, { attempt, reason: reason.value ?? '' });
  }
  return undefined;
}

async function soldOut(
  { stores }: ActivityDeps,
  { attempt, reason }: { readonly attempt: Attempt; readonly reason: string },
): Promise<Lack> {
  await stores.attempts.markSoldOut({ id: attempt.id, reason });
  return 'sold_out';
}

const limitedGrants = (
  { ids, clock }: ActivityDeps,
  { session, attempt }: { readonly session: Session; readonly attempt: Attempt },
): readonly EntitlementGrant[] => {
  const limited = new Set(
    session.lines.flatMap(({ id: line, entitlements }) =>
      entitlements.filter(({ reserves }) => reserves === true).map(({ id }) => `${line} ${id}`),
    ),
  );
  return plannedGrants({ ids }, { session, customer: attempt.request.customer, at: clock.now() }).filter(
    ({ line, entitlement }) => limited.has(`${line} ${entitlement}`),
  );
};

/** Sets one unit aside again before it is handed over: money can come after it was let go. Fails for good with 'sold_out' when nothing is left. */
export async function reserveGrant(
  deps: ActivityDeps,
  { grant, at }: { readonly grant: EntitlementGrant; readonly at: Date },
): Promise<void> {
  if (!deps.plugins.fulfillment(grant.provider).reserves) return;
  const signal = AbortSignal.timeout(PATIENCE_MS.reserve);
  const reason = await reserve(deps, { grant, signal, occasion: String(at.getTime()) });
  if (reason !== undefined) throw new SoldOutError(`${grant.provider} has nothing left`);
}

/** How long all of a purchase's units may take together: less than their steps may, so that nothing goes on behind a repetition. */
const PATIENCE_MS = { reserve: 20_000, release: 60_000 };
/** How many units are asked for at the same time. */
const AT_ONCE = 8;

/** Takes grants a few at a time, and goes on for as long as it is asked to. */
async function* inParts<Result>({
  grants,
  patience,
  take,
}: {
  readonly grants: readonly EntitlementGrant[];
  /** Milliseconds. */
  readonly patience: number;
  take(taking: Taking): Promise<Result>;
}): AsyncGenerator<readonly PromiseSettledResult<Result>[]> {
  const signal = AbortSignal.timeout(patience);
  for (let next = 0; next < grants.length; next += AT_ONCE)
    yield await Promise.allSettled(grants.slice(next, next + AT_ONCE).map((grant) => take({ grant, signal })));
}

const isRejected = (result: PromiseSettledResult<unknown>): result is PromiseRejectedResult =>
  result.status === 'rejected';

interface Taking {
  readonly grant: EntitlementGrant;
  readonly signal: AbortSignal;
}

/** Why now: a unit can be set aside, let go and set aside again, and each of these is a call of its own to whoever remembers keys. */
interface Occasion {
  readonly occasion: string;
}

/** The reason when it is sold out. */
async function reserve(
  { plugins }: ActivityDeps,
  { grant, signal, occasion }: Taking & Occasion,
): Promise<string | undefined> {
  const answer = await plugins.fulfillment(grant.provider).reserve({
    grant: forProvider(grant),
    idempotencyKey: `${grant.payment}:reserve:${grant.id}:${occasion}`,
    mode: grant.mode,
    signal,
  });
  return answer.outcome === 'sold_out' ? answer.reason : undefined;
}

async function release({ plugins }: ActivityDeps, { grant, signal, occasion }: Taking & Occasion): Promise<void> {
  await plugins.fulfillment(grant.provider).release({
    grant: forProvider(grant),
    idempotencyKey: `${grant.payment}:release:${grant.id}:${occasion}`,
    mode: grant.mode,
    signal,
  });
}

/** A late repetition must not let go of what a newer attempt holds, or the buyer has paid. */
async function mayBeLetGo({ stores }: ActivityDeps, { payment: id }: OfPurchase): Promise<boolean> {
  const payment = await stores.payments.find(id);
  return payment === undefined || mayLetGo(payment.state.value);
}
