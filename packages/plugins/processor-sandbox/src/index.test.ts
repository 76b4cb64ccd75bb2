import { describe, expect, it } from '@jest/globals';
import type { ProcessorAdapter } from '@payonce/plugin-sdk';
import { processorSandbox } from './index.js';

const options = {
  origin: 'http://localhost:4780/',
  secretKey: 'sixteen-characters',
  webhookSecret: 'sixteen-characters',
};

async function registered(given: unknown): Promise<unknown[]> {
  const added: unknown[] = [];
  await processorSandbox(given).load({ add: (_kind, provider) => void added.push(provider) });
  return added;
}

describe('the plugin', () => {
  it('registers one adapter', async () => {
    const [adapter] = (await registered(options)) as ProcessorAdapter[];
    expect(adapter).toMatchObject({
      id: 'sandbox',
      capabilities: { currencies: 'all', idempotencyKeyLifeSeconds: 86_400 },
    });
  });

  it.each([
    [{ ...options, origin: 'localhost' }, 'origin'],
    [{ ...options, secretKey: 'short' }, 'secretKey'],
    [{ origin: options.origin, secretKey: options.secretKey }, 'webhookSecret'],
    [{ ...options, extra: 1 }, 'extra'],
  ])('refuses the options %j', async (given, field) => {
    await expect(registered(given)).rejects.toThrow(field);
  });
});
