import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import type { PublishedKey } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const jwk = (key: typeof publicKey): PublishedKey =>
  ({ ...key.export({ format: 'jwk' }), kid: 'k1' }) as unknown as PublishedKey;

/** A provider that publishes a key. */
const publishing = (id: string, key: PublishedKey) =>
  definePlugin({
    name: id,
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register: (registry) =>
      registry.add(FULFILLMENT_PROVIDER, {
        id,
        displayName: id,
        reach: 'own_stores',
        settings: z.json(),
        describe: () => ({ summary: 'Hands over nothing.', settings: { type: 'object' } }),
        publishedKeys: () => [key],
        fulfill: async () => ({ outcome: 'pending', awaiting: 'nothing' }),
        revoke: async () => {},
      }),
  })();

let api: ApiServer;

beforeAll(async () => {
  const plugins = [publishing('careful', jwk(publicKey)), publishing('careless', jwk(privateKey))];
  api = await startApi({ label: 'api published keys', plugins });
});
afterAll(() => api.close());

it('publishes the public keys of providers to everybody, and never the private part of one', async () => {
  const answer = await fetch(`${api.url}/.well-known/jwks.json`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ keys: [jwk(publicKey)] });
});
