/** One index. Its definition never changes under its name: a changed index gets a new name. */
export interface Index {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  /** Only documents that fit are in the index. */
  readonly only?: Readonly<Record<string, unknown>>;
  /** Documents are removed this long after the date in the (only) field. */
  readonly expireAfterSeconds?: number;
}

/** The indexes of a collection. `version` grows with every change of the list. */
export interface CollectionIndexes {
  readonly collection: string;
  readonly version: number;
  readonly indexes: readonly Index[];
}

/** What lists of a scope are read by: newest first, ties by id. */
export const NEWEST_IN_SCOPE: Index = {
  name: 'newest_in_scope',
  key: { business: 1, mode: 1, createdAt: -1, _id: -1 },
};
