import type { Collection, Db } from 'mongodb';

/** Which notices operators were given, so that each is given once. */
export interface NoticeStore {
  /** Those of the ids that were not given yet. */
  notGiven(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Repeat-safe: noting twice is noting once. */
  markGiven(notice: { readonly id: string; readonly payment: string; readonly at: Date }): Promise<void>;
}

interface NoticeDocument {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly payment: string;
  readonly givenAt: Date;
}

/** One document per notice that arrived, under the notice's id; so it needs no index of its own. */
export function noticeStore({ db }: { readonly db: Db }): NoticeStore {
  const notices: Collection<NoticeDocument> = db.collection('operator_notices');
  return {
    async notGiven(ids) {
      const given = await notices.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
      const rest = new Set(ids);
      for (const { _id } of given) rest.delete(_id);
      return rest;
    },
    async markGiven({ id, payment, at }) {
      const fresh = { schemaVersion: 1, payment, givenAt: at } as const;
      await notices.updateOne({ _id: id }, { $setOnInsert: fresh }, { upsert: true });
    },
  };
}
