import type { ClaimKey, IdempotencyClaim, IdempotencyStore } from '../ports/idempotency-store.js';
import { nullable, record } from './codec/composites.js';
import { pairs } from './codec/free-form.js';
import { mapping } from './codec/mapping.js';
import { count, flag, instant, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { where } from './filter.js';
import { NEWEST_FIRST } from './paging.js';
import { sealedField } from './sealing.js';
import { scope } from './shapes/common.js';
import type { SealedTableDeps } from './table.js';
import { openTable } from './table.js';

interface StoredAnswer {
  readonly status: number;
  readonly bodySealed: string;
}

type StoredClaim = Omit<IdempotencyClaim, 'answer'> & {
  readonly id: string;
  readonly answer: StoredAnswer | null;
  /** The key is ours: the caller sent none. */
  readonly auto: boolean;
};

const claims = mapping<StoredClaim>({
  collection: 'idempotency_claims',
  identity: 'id',
  fields: {
    ...scope,
    id: text,
    route: text,
    key: text,
    auto: flag,
    bodyHash: text,
    ids: pairs(text),
    leasedUntil: instant,
    answer: nullable(record<StoredAnswer>({ status: count, bodySealed: text })),
    flushed: flag,
    hungUp: flag,
    createdAt: instant,
  },
});

const KEPT_DAYS = 45;

export const idempotencyIndexes: CollectionIndexes = {
  collection: 'idempotency_claims',
  version: 1,
  indexes: [
    { name: 'unflushed', key: { business: 1, mode: 1, route: 1, bodyHash: 1, auto: 1, flushed: 1, createdAt: -1 } },
    { name: 'kept_45_days', key: { createdAt: 1 }, expireAfterSeconds: KEPT_DAYS * 86_400 },
  ],
};

/** So often may others give the key up, or take it over, between our two looks. */
const MAX_TRIES = 5;

/**
 * As a JSON list, so that no part can flow into its neighbor. It is the document's id: one insert decides whose the key
 * is.
 */
const idOf = ({ business, mode, route, key }: ClaimKey): string => JSON.stringify([business, mode, route, key]);

/** Claims on idempotency keys. Answers are sealed: secrets and keys are in some of them. */
export function idempotencyStore(deps: SealedTableDeps): IdempotencyStore {
  const table = openTable({ ...deps, mapping: claims });
  const { encryption } = deps;
  const bodies = sealedField({ collection: 'idempotency_claims', field: 'answer', codec: text, encryption });
  const sealed = (id: string, { status, body }: NonNullable<IdempotencyClaim['answer']>): StoredAnswer => ({
    status,
    bodySealed: bodies.seal(id, body),
  });
  const shown = ({ id, auto: _, answer, ...claim }: StoredClaim): IdempotencyClaim => ({
    ...claim,
    answer: answer && { status: answer.status, body: bodies.open(id, answer.bodySealed) },
  });
  const stored = ({ answer, ...claim }: IdempotencyClaim): StoredClaim => {
    const id = idOf(claim);
    return { ...claim, id, auto: claim.key.startsWith('auto:'), answer: answer && sealed(id, answer) };
  };
  /** Only over the lease that was seen, so that of several that find it over one takes it. */
  const takeOver = async ({ id, leasedUntil }: StoredClaim, until: Date): Promise<boolean> => {
    const { changed } = await table.change(where({ _id: id, answer: null, leasedUntil }), {
      $set: claims.changes({ leasedUntil: until }),
    });
    return changed;
  };
  return {
    async claim(claim) {
      const ours = stored(claim);
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        if (await table.tryAdd(ours)) return { claim, mine: true };
        const theirs = await table.byId(ours.id);
        if (theirs && !isAbandoned(theirs, claim)) return { claim: shown(theirs), mine: false };
        if (theirs && (await takeOver(theirs, claim.leasedUntil))) {
          return { claim: { ...shown(theirs), leasedUntil: claim.leasedUntil }, mine: true };
        }
      }
      throw new Error(`the idempotency key of ${claim.route} changed hands too often`);
    },
    async answer({ answer, ...key }) {
      const _id = idOf(key);
      await table.change(where({ _id, answer: null }), { $set: claims.changes({ answer: sealed(_id, answer) }) });
    },
    async markFlushed(key) {
      await table.change(where({ _id: idOf(key) }), { $set: claims.changes({ flushed: true }) });
    },
    async release(key) {
      await table.remove(where({ _id: idOf(key), answer: null }));
    },
    async markHungUp(key) {
      await table.change(where({ _id: idOf(key) }), { $set: claims.changes({ hungUp: true }) });
    },
    async markLostAgain(key) {
      await table.change(where({ _id: idOf(key) }), { $set: claims.changes({ flushed: false, hungUp: true }) });
    },
    async takeLost({ business, mode, route, bodyHash, since, now }) {
      const filter = {
        ...where({ business, mode, route, bodyHash, auto: true, flushed: false }),
        createdAt: { $gte: since },
      };
      const open = await table.many({ filter, sort: NEWEST_FIRST, limit: 10 });
      for (const claim of open.filter((each) => isLost(each, now))) {
        const { changed } = await table.change(where({ _id: claim.id, flushed: false }), {
          $set: claims.changes({ flushed: true }),
        });
        if (changed) return { found: 'answered', claim: { ...shown(claim), flushed: true } };
      }
      const running = open.filter((each) => each.leasedUntil > now && !isLost(each, now));
      if (running.length === 0) return undefined;
      return { found: 'running', hungUp: running.some(({ hungUp }) => hungUp) };
    },
  };
}

/** Nobody will hand this answer over: its caller is gone, or its process has been silent for as long as a request may take. */
const isLost = ({ answer, hungUp, leasedUntil }: StoredClaim, now: Date): boolean =>
  answer !== null && (hungUp || leasedUntil <= now);

/** Whoever held it is gone, and this is the same request: a different body never takes a key over. */
const isAbandoned = (theirs: StoredClaim, { bodyHash, createdAt }: IdempotencyClaim): boolean =>
  theirs.answer === null && theirs.bodyHash === bodyHash && theirs.leasedUntil <= createdAt;
