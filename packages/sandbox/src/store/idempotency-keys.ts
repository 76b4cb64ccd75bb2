import type { Collection, Db } from 'mongodb';
import { isDuplicate } from './duplicate.js';

/** An answer as it left: a replay repeats it byte for byte. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

/** What a key stands for: a request that is being worked on, or its answer. */
export interface Claim {
  readonly key: string;
  readonly fingerprint: string;
  /** The id that the request's object gets, minted with the claim: work that is resumed makes the same object. */
  readonly objectId: string;
  /** The run of the process that works on it. */
  readonly owner: string;
  readonly leaseUntil: Date;
  readonly expiresAt: Date;
  readonly answer?: StoredAnswer;
}

export interface IdempotencyStore {
  /** Claims a key by one insert; answers false when it is taken. */
  claim(claim: Claim): Promise<boolean>;
  find(key: string): Promise<Claim | undefined>;
  /** Puts one claim in the place of another; answers false when somebody was faster. */
  takeOver(before: Claim, after: Claim): Promise<boolean>;
  complete(claim: Claim, answer: StoredAnswer): Promise<void>;
  /** Ends a lease early, so that the next try resumes the work at once. */
  release(claim: Claim, at: Date): Promise<void>;
}

type ClaimDocument = Omit<Claim, 'key'> & { readonly _id: string; readonly schemaVersion: 1 };

const collection = (db: Db): Collection<ClaimDocument> => db.collection<ClaimDocument>('idempotency_keys');

export async function idempotencyIndexes(db: Db): Promise<void> {
  await collection(db).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

export function createIdempotencyStore(db: Db): IdempotencyStore {
  const keys = collection(db);
  return {
    async claim({ key, ...claim }) {
      try {
        await keys.insertOne({ _id: key, schemaVersion: 1, ...claim });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async find(key) {
      const document = await keys.findOne({ _id: key });
      if (document === null) return undefined;
      const { _id, schemaVersion: _v, ...claim } = document;
      return { key: _id, ...claim };
    },
    async takeOver(before, { fingerprint, objectId, owner, leaseUntil, expiresAt }) {
      const taken = await keys.updateOne(
        { _id: before.key, owner: before.owner, leaseUntil: before.leaseUntil, expiresAt: before.expiresAt },
        { $set: { fingerprint, objectId, owner, leaseUntil, expiresAt }, $unset: { answer: '' } },
      );
      return taken.modifiedCount === 1;
    },
    async complete({ key, owner }, answer) {
      await keys.updateOne({ _id: key, owner, answer: { $exists: false } }, { $set: { answer } });
    },
    async release({ key, owner }, at) {
      await keys.updateOne({ _id: key, owner, answer: { $exists: false } }, { $set: { leaseUntil: at } });
    },
  };
}
