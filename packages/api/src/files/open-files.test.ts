import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { apiEnvironment } from '../config.js';
import { openFiles } from './open-files.js';

const config = (own: object) =>
  apiEnvironment.parse({ PUBLIC_URL: 'https://pay.example.com', MONGODB_URI: 'm', TEMPORAL_ADDRESS: 't', ...own });

async function* bytes(): AsyncIterable<Uint8Array> {
  yield Buffer.from('a');
}

it('keeps files in the folder, or in the bucket where one is named', async () => {
  const root = await mkdtemp(join(tmpdir(), 'payonce-files-'));
  const folder = await openFiles(config({ FILES_DIR: root }));
  expect(await folder.put({ key: 'file_1', bytes: bytes(), maxBytes: 10 })).toMatchObject({ size: 1 });
  const bucket = await openFiles(
    config({
      FILES_DIR: root,
      FILES_S3_BUCKET: 'files',
      FILES_S3_ENDPOINT: 'http://127.0.0.1:1',
      FILES_S3_ACCESS_KEY_ID: 'id',
      FILES_S3_SECRET_ACCESS_KEY: 'secret',
    }),
  );
  await expect(bucket.size('file_1')).rejects.toThrow('ECONNREFUSED');
  await rm(root, { recursive: true });
});
