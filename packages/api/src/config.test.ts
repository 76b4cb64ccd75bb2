import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const GOOD = {
  PUBLIC_URL: 'https://pay.example.com/',
  MONGODB_URI: 'mongodb://localhost',
  TEMPORAL_ADDRESS: 'localhost:7233',
  FILES_DIR: '/var/files',
  PAYONCE_SECRET: 'ab'.repeat(32),
};

it('reads the environment, with production as the default', () => {
  expect(readConfig(GOOD)).toMatchObject({
    PAYONCE_ENV: 'production',
    PUBLIC_URL: 'https://pay.example.com',
    API_PORT: 4700,
    TRUST_PROXY: 0,
    PROCESSOR_ORIGINS: [],
  });
  expect(
    readConfig({ ...GOOD, PROCESSOR_ORIGINS: 'https://a.example/x, https://b.example' }).PROCESSOR_ORIGINS,
  ).toEqual(['https://a.example', 'https://b.example']);
});

it('takes the default secret in development only', () => {
  const { PAYONCE_SECRET: _, ...rest } = GOOD;
  expect(readConfig({ ...rest, PAYONCE_ENV: 'development', PUBLIC_URL: 'http://localhost:4700' }).PAYONCE_SECRET).toBe(
    '0'.repeat(64),
  );
});

describe('a configuration that cannot be right is refused by the name of its field:', () => {
  it.each([
    [{ PAYONCE_SECRET: undefined }, 'PAYONCE_SECRET'],
    [{ PAYONCE_SECRET: '0'.repeat(64) }, 'PAYONCE_SECRET'],
    [{ PAYONCE_SECRET: 'short' }, 'PAYONCE_SECRET'],
    [{ PAYONCE_SECRET: 'Z'.repeat(64) }, 'PAYONCE_SECRET'],
    [{ PUBLIC_URL: 'http://pay.example.com' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'pay.example.com' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: undefined }, 'PUBLIC_URL'],
    [{ MONGODB_URI: '' }, 'MONGODB_URI'],
    [{ TEMPORAL_ADDRESS: undefined }, 'TEMPORAL_ADDRESS'],
    [{ FILES_DIR: undefined }, 'FILES_DIR: is not set; set it or FILES_S3_BUCKET'],
    [{ FILES_S3_BUCKET: 'b', FILES_S3_ACCESS_KEY_ID: 'k' }, 'FILES_S3_SECRET_ACCESS_KEY'],
    [{ FILES_S3_BUCKET: 'b', FILES_S3_ENDPOINT: 'minio:9000' }, 'FILES_S3_ENDPOINT'],
    [{ API_PORT: '70000' }, 'API_PORT'],
    [{ API_PORT: 'http' }, 'API_PORT'],
    [{ ALLOW_LOOPBACK_WEBHOOKS: 'true' }, 'ALLOW_LOOPBACK_WEBHOOKS'],
    [{ ALLOW_LOOPBACK_WEBHOOKS: 'maybe' }, 'ALLOW_LOOPBACK_WEBHOOKS'],
    [{ PAYONCE_ENV: 'staging' }, 'PAYONCE_ENV'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ TRUST_PROXY: '-1' }, 'TRUST_PROXY'],
    [{ PROCESSOR_ORIGINS: 'nonsense' }, 'PROCESSOR_ORIGINS'],
  ])('%j', (fields, name) => {
    expect(() => readConfig({ ...GOOD, ...fields })).toThrow(name);
  });
});

it('takes an empty variable for none', () => {
  expect(readConfig({ ...GOOD, FILES_S3_ENDPOINT: '', LOG_LEVEL: '' })).toEqual(readConfig(GOOD));
});
