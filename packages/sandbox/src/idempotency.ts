import { createHash } from 'node:crypto';
import { ApiError } from './api-error.js';
import type { Claim, IdempotencyStore, StoredAnswer } from './store/idempotency-keys.js';

/** Work under an idempotency key. */
export interface KeyedWork {
  /** The caller's key; undefined runs the work every time. */
  readonly key: string | undefined;
  /** Tells whether a repeated key belongs to the same request: method, path and body. */
  readonly fingerprint: string;
  readonly mintId: () => string;
  /** Makes the object with this id. Repeat-safe by that id: work that died with the process is resumed. */
  readonly work: (objectId: string) => Promise<StoredAnswer>;
}

export interface KeyedAnswer extends StoredAnswer {
  readonly replayed: boolean;
}

/**
 * The first answer to a key is repeated byte for byte for as long as the key lives, also when it was an error. What is refused before the work
 * begins (a body that doesn't parse, a missing key, a rate limit) is not kept.
 */
export interface Idempotency {
  run(work: KeyedWork): Promise<KeyedAnswer>;
}

export interface IdempotencyDeps {
  readonly keys: IdempotencyStore;
  readonly clock: () => Date;
  /** This run of the process: claims of an earlier one are resumed at once. */
  readonly owner: string;
  readonly keyLifeMs: number;
}

const LEASE_MS = 60_000;

export function createIdempotency({ keys, clock, owner, keyLifeMs }: IdempotencyDeps): Idempotency {
  const newClaim = (key: string, { fingerprint, mintId }: KeyedWork): Claim => {
    const now = clock().getTime();
    const leaseUntil = new Date(now + LEASE_MS);
    return { key, fingerprint, objectId: mintId(), owner, leaseUntil, expiresAt: new Date(now + keyLifeMs) };
  };

  /** A claim to work under, or the answer that is there already. */
  const enter = async (key: string, request: KeyedWork): Promise<Claim | StoredAnswer> => {
    const mine = newClaim(key, request);
    if (await keys.claim(mine)) return mine;
    const theirs = await keys.find(key);
    if (theirs === undefined) return enter(key, request);
    if (theirs.expiresAt <= clock()) return (await keys.takeOver(theirs, mine)) ? mine : enter(key, request);
    if (theirs.fingerprint !== request.fingerprint) throw otherRequest();
    if (theirs.answer !== undefined) return theirs.answer;
    if (theirs.owner === owner && theirs.leaseUntil > clock()) throw inFlight();
    const resumed: Claim = { ...mine, objectId: theirs.objectId, expiresAt: theirs.expiresAt };
    return (await keys.takeOver(theirs, resumed)) ? resumed : enter(key, request);
  };

  return {
    async run(request) {
      if (request.key === undefined) return { ...(await answered(request.work, request.mintId())), replayed: false };
      const entered = await enter(request.key, request);
      if ('body' in entered) return { ...entered, replayed: true };
      try {
        const answer = await answered(request.work, entered.objectId);
        await keys.complete(entered, answer);
        return { ...answer, replayed: false };
      } catch (error) {
        await keys.release(entered, clock()).catch(() => undefined);
        throw error;
      }
    },
  };
}

/** A refusal from inside the work is an answer, kept like any other; anything unexpected is not. */
async function answered(work: KeyedWork['work'], objectId: string): Promise<StoredAnswer> {
  try {
    return await work(objectId);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: JSON.stringify({ code: error.code, message: error.message }) };
  }
}

/** The same for bodies that differ only in the order of their fields. */
export const fingerprint = (request: { method: string; path: string; body: unknown }): string =>
  createHash('sha256')
    .update(canonical([request.method, request.path, request.body]))
    .digest('hex');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

const otherRequest = (): ApiError =>
  new ApiError({
    status: 422,
    code: 'idempotency_key_reused',
    message: 'Idempotency-Key: was used for a different request',
  });

const inFlight = (): ApiError =>
  new ApiError({
    status: 409,
    code: 'idempotency_key_in_use',
    message: 'Idempotency-Key: a request with this key is still being worked on',
    headers: { 'retry-after': '1' },
  });
