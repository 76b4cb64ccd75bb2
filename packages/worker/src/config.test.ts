import { expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const given = {
  MONGODB_URI: 'mongodb://localhost:27017',
  TEMPORAL_ADDRESS: 'localhost:7233',
  PUBLIC_URL: 'https://shop.example/',
  PAYONCE_SECRET: 'ab'.repeat(32),
};

it('reads what is given, and takes an empty variable for a missing one', () => {
  const config = readConfig({ ...given, OPERATOR_WEBHOOK_URL: '', PAYONCE_CONFIG: '' });
  expect(config).toMatchObject({ PUBLIC_URL: 'https://shop.example', WORKER_MODES: ['test', 'live'] });
  expect(config.OPERATOR_WEBHOOK_URL).toBeUndefined();
  expect(config.PAYONCE_CONFIG).toBeUndefined();
});

it('names everything that is missing, a line each', () => {
  expect(() => readConfig({})).toThrow('MONGODB_URI: is missing\nTEMPORAL_ADDRESS: is missing\nPUBLIC_URL: is missing');
});

it.each([
  [{ PAYONCE_SECRET: '' }, 'the default is for development only'],
  [{ PAYONCE_SECRET: '0'.repeat(64) }, 'the default is for development only'],
  [{ PAYONCE_SECRET: 'secret' }, 'PAYONCE_SECRET: must be 64 hexadecimal digits'],
  [{ ALLOW_LOOPBACK_WEBHOOKS: 'true' }, 'ALLOW_LOOPBACK_WEBHOOKS: is for development only'],
  [{ OPERATOR_WEBHOOK_SECRET: 'short' }, 'OPERATOR_WEBHOOK_SECRET: is whsec_ and base64'],
])('refuses %j outside development', (change, problem) => {
  expect(() => readConfig({ ...given, ...change })).toThrow(problem);
});
