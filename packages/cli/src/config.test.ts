import { expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const servers = { MONGODB_URI: 'mongodb://127.0.0.1', TEMPORAL_ADDRESS: '127.0.0.1:7233' };

it('names every variable that is missing, in one go', () => {
  expect(() => readConfig({})).toThrow('MONGODB_URI: is missing\nTEMPORAL_ADDRESS: is missing');
});

it('takes empty variables for missing ones', () => {
  expect(() => readConfig({ ...servers, MONGODB_URI: '' })).toThrow('MONGODB_URI: is missing');
});

it('refuses the secret that everybody knows outside development', () => {
  expect(() => readConfig(servers)).toThrow('PAYONCE_SECRET: set it');
  expect(readConfig({ ...servers, PAYONCE_ENV: 'development' }).TEMPORAL_NAMESPACE).toBe('payonce');
});
