import { indexesReady } from '@payonce/engine/store';
import type { CliConfig } from '../config.js';
import { openRecords } from '../connections/records.js';
import { wordsOf } from '../explained.js';
import type { Finding } from './finding.js';

/** Whether MongoDB answers, has what setup makes, and keeps what it acknowledges. */
export async function examineMongodb(config: CliConfig): Promise<Finding> {
  const name = 'MongoDB';
  try {
    const { mongo, stores } = await openRecords(config);
    try {
      const missing = await indexesReady({ db: mongo.db });
      const business = await stores.businesses.first();
      const { setName, version } = await mongo.db.command({ hello: 1 }).then(async (hello) => ({
        setName: hello['setName'] as unknown,
        version: (await mongo.db.admin().serverInfo())['version'] as unknown,
      }));
      const single = config.PAYONCE_ENV === 'production' && typeof setName !== 'string';
      const problems = [
        ...(missing.length > 0 ? [`indexes are missing (${missing.join(', ')}): run payonce setup`] : []),
        ...(business ? [] : ['there is no business: run payonce setup']),
        ...(single ? ['this is no replica set: a crash of the server can lose what it acknowledged'] : []),
      ];
      return { name, problems, note: `version ${String(version)}, database ${config.MONGODB_DATABASE}` };
    } finally {
      await mongo.close();
    }
  } catch (thrown) {
    return { name, problems: [wordsOf(thrown)], note: '' };
  }
}
