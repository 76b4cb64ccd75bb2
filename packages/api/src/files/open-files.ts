import { createDiskFileStore, createS3FileStore } from '@payonce/engine/adapters';
import type { FileStore } from '@payonce/engine/ports';
import type { ApiConfig } from '../config.js';

/** The place of uploaded images and files: a bucket where one is named, else a folder. */
export async function openFiles(config: ApiConfig): Promise<FileStore> {
  const { FILES_S3_BUCKET: name, FILES_DIR: root } = config;
  if (name !== undefined) return createS3FileStore({ name, ...bucketOf(config) });
  if (root !== undefined) return createDiskFileStore({ root });
  throw new Error('FILES_DIR: is not set; set it or FILES_S3_BUCKET');
}

const bucketOf = ({
  FILES_S3_PREFIX: prefix,
  FILES_S3_REGION: region,
  FILES_S3_ENDPOINT: endpoint,
  FILES_S3_ACCESS_KEY_ID: accessKeyId,
  FILES_S3_SECRET_ACCESS_KEY: secretAccessKey,
}: ApiConfig) => ({
  prefix,
  region,
  endpoint,
  credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
});
