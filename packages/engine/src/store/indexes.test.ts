import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import { together } from '../../../../test/store/open-stores.js';
import { ALL_INDEXES } from './all-indexes.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { ensureIndexes, indexesReady } from './indexes.js';

let mongodb: TestDatabase;

beforeAll(async () => {
  mongodb = await testDatabase('indexes');
});

beforeEach(() => mongodb.database.dropDatabase());

afterAll(() => mongodb.close());

const names = async (collection: string): Promise<string[]> =>
  (await mongodb.database.collection(collection).listIndexes().toArray()).map(({ name }) => String(name)).sort();

describe('an empty database', () => {
  it('is not ready, and says what is missing', async () => {
    const missing = await indexesReady({ db: mongodb.database });
    expect(missing).toHaveLength(ALL_INDEXES.flatMap(({ indexes }) => indexes).length);
    expect(missing).toContain('payments.one_per_session');
  });

  it('is ready after the indexes were made, by several at once and again', async () => {
    await together(4, () => ensureIndexes({ db: mongodb.database }));
    await ensureIndexes({ db: mongodb.database });
    expect(await indexesReady({ db: mongodb.database })).toEqual([]);
  });
});

describe('a ready database', () => {
  beforeEach(() => ensureIndexes({ db: mongodb.database }));

  it('is not ready without one of its indexes, and is again when it was made anew', async () => {
    await mongodb.database.collection('customers').dropIndex('one_per_address');
    expect(await indexesReady({ db: mongodb.database })).toEqual(['customers.one_per_address']);
    await ensureIndexes({ db: mongodb.database });
    expect(await indexesReady({ db: mongodb.database })).toEqual([]);
  });

  it('is not ready when an index of that name guards nothing', async () => {
    const invoices = mongodb.database.collection('invoices');
    await invoices.dropIndex('one_per_number');
    await invoices.createIndex({ business: 1, mode: 1, number: -1 }, { name: 'one_per_number' });
    expect(await indexesReady({ db: mongodb.database })).toEqual(['invoices.one_per_number']);
  });

  it('knows which version of its indexes each collection has', async () => {
    const meta = await mongodb.database.collection<{ _id: string }>('meta').findOne({ _id: 'indexes/payments' });
    expect(meta).toMatchObject({ version: 1, names: expect.arrayContaining(['refund_by_id']) });
  });
});

describe('a new version', () => {
  const first: CollectionIndexes = { collection: 'things', version: 1, indexes: [{ name: 'a', key: { a: 1 } }] };
  const second: CollectionIndexes = { collection: 'things', version: 2, indexes: [{ name: 'b', key: { b: 1 } }] };
  const ensure = (wanted: CollectionIndexes) => ensureIndexes({ db: mongodb.database, collections: [wanted] });

  it('drops what an earlier version made, and nothing that somebody else made', async () => {
    await ensure(first);
    await mongodb.database.collection('things').createIndex({ c: 1 }, { name: 'by_hand' });
    await ensure(second);
    expect(await names('things')).toEqual(['_id_', 'b', 'by_hand']);
  });

  it('is left alone by an older program that starts later', async () => {
    await ensure(second);
    await ensure(first);
    expect(await names('things')).toEqual(['_id_', 'a', 'b']);
    await ensure(second);
    expect(await indexesReady({ db: mongodb.database, collections: [second] })).toEqual([]);
  });
});
