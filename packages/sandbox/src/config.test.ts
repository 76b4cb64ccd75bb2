import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const least = { SANDBOX_SECRET_KEY: 'sixteen-characters', MONGODB_URI: 'mongodb://localhost:27017' };

describe('the configuration', () => {
  it('needs a secret key and a database address; the rest has defaults', () => {
    expect(readConfig(least)).toEqual({
      logLevel: 'info',
      options: {
        mongodbUri: 'mongodb://localhost:27017',
        database: 'payonce_sandbox',
        secretKey: 'sixteen-characters',
        port: 4780,
        host: '127.0.0.1',
        faults: false,
        settleAfterMs: 10_000,
        answerLostMs: 60_000,
        idempotencyKeyLifeMs: 86_400_000,
      },
    });
  });

  it('takes a webhook endpoint, an origin without its path, and faults', () => {
    const { options } = readConfig({
      ...least,
      SANDBOX_WEBHOOK_URL: 'http://localhost:1/hooks',
      SANDBOX_WEBHOOK_SECRET: 'sixteen-characters',
      SANDBOX_ORIGIN: 'http://localhost:4780/',
      SANDBOX_FAULTS: '1',
    });
    expect(options).toMatchObject({
      webhook: { url: 'http://localhost:1/hooks', secret: 'sixteen-characters' },
      origin: 'http://localhost:4780',
      faults: true,
    });
  });

  it.each([
    [{ SANDBOX_SECRET_KEY: '' }, 'SANDBOX_SECRET_KEY: is missing'],
    [{ SANDBOX_SECRET_KEY: 'short' }, 'SANDBOX_SECRET_KEY: has at least 16 characters'],
    [{ MONGODB_URI: 'localhost' }, 'MONGODB_URI'],
    [{ SANDBOX_PORT: 'eighty' }, 'SANDBOX_PORT'],
    [{ SANDBOX_FAULTS: 'yes' }, 'SANDBOX_FAULTS'],
    [{ SANDBOX_WEBHOOK_URL: 'http://localhost' }, 'SANDBOX_WEBHOOK_SECRET: is set together with SANDBOX_WEBHOOK_URL'],
  ])('is refused with the name of the variable: %j', (variables, message) => {
    expect(() => readConfig({ ...least, ...variables })).toThrow(message);
  });
});
