import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Fulfill, FulfillmentProvider, Json } from '@payonce/plugin-sdk';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import { VERSION, fulfillmentLicenseKeys, isLicenseKey, licenseSettings, verifyLicenseKey } from './index.js';
import { licenseKeyProvider } from './provider.js';
import { createSigner, retiredKey } from './signed-key.js';

const now = () => new Date('2026-01-31T12:00:00Z');
const provider = licenseKeyProvider({ now, randomBytes, retired: [] });
const forever = { activationsLimit: null, duration: null, activationMessage: null };

const request = (settings: Json): Fulfill => ({
  grant: {
    id: 'entg_1',
    payment: 'pay_1',
    business: 'bus_1',
    mode: 'test',
    product: 'pdt_1',
    productName: 'App',
    unit: 0,
    customer: { id: 'cus_1', email: 'a@example.com', name: 'A' },
    settings,
  },
  idempotencyKey: 'pay_1:fulfill:entg_1',
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mode: 'test',
});

it('issues a key with its limit, its end and its message', async () => {
  const settings = {
    activationsLimit: 3,
    duration: { count: 1, interval: 'Month' },
    activationMessage: 'Enter it under Help.',
  };
  const { content, outcome } = deliveredOrPending.parse(await provider.fulfill(request(settings))) as {
    outcome: string;
    content: { key: string };
  };
  expect(outcome).toBe('delivered');
  expect(content).toEqual({
    kind: 'license_key',
    key: expect.any(String),
    activationsLimit: 3,
    expiresAt: '2026-02-28T12:00:00.000Z',
    activationMessage: 'Enter it under Help.',
  });
  expect(isLicenseKey(content.key)).toBe(true);
});

it('issues a key without limit or end when the settings give none', async () => {
  const answer = deliveredOrPending.parse(
    await provider.fulfill(request({ activationsLimit: null, duration: null, activationMessage: null })),
  );
  expect(answer).toMatchObject({ content: { activationsLimit: null, expiresAt: null } });
  expect(answer).not.toHaveProperty('content.activationMessage');
});

it.each([
  [
    'a duration over a century',
    { activationsLimit: null, duration: { count: 101, interval: 'Year' }, activationMessage: null },
    'duration.count',
  ],
  [
    'a duration of nothing',
    { activationsLimit: null, duration: { count: 0, interval: 'Day' }, activationMessage: null },
    'duration.count',
  ],
  ['half an activation', { activationsLimit: 0.5, duration: null, activationMessage: null }, 'activationsLimit'],
  [
    'an unknown interval',
    { activationsLimit: null, duration: { count: 1, interval: 'Decade' }, activationMessage: null },
    'duration.interval',
  ],
])('refuses settings with %s', (_, settings, path) => {
  const result = licenseSettings.safeParse(settings);
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
});

it('takes a hundred years in any interval', () => {
  const longest = [36_500, 5_200, 1_200, 100].map((count, index) => ({
    count,
    interval: ['Day', 'Week', 'Month', 'Year'][index],
  }));
  expect(
    longest.every(
      (duration) => licenseSettings.safeParse({ activationsLimit: null, duration, activationMessage: null }).success,
    ),
  ).toBe(true);
});

it('registers itself, under the version of its package', async () => {
  const added: FulfillmentProvider[] = [];
  await fulfillmentLicenseKeys().load({
    add: (_, added_) => void added.push(added_ as unknown as FulfillmentProvider),
  });
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(added).toMatchObject([{ id: 'license-keys', reach: 'own_stores' }]);
  expect(VERSION).toBe(manifest.version);
});

it('issues keys that can be checked with the keys it publishes, old and new', async () => {
  const [current, former] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const signer = createSigner(String(current.privateKey.export({ type: 'pkcs8', format: 'pem' })));
  const retired = [retiredKey(String(former.publicKey.export({ type: 'spki', format: 'pem' })))];
  const signing = licenseKeyProvider({ now, randomBytes, signer, retired });
  const duration = { count: 1, interval: 'Month' } as const;
  const { content } = deliveredOrPending.parse(
    await signing.fulfill(request({ ...forever, duration, source: 'signed' })),
  ) as { content: { key: string } };
  const publicKeys = [...(signing.publishedKeys?.() ?? [])] as Parameters<typeof verifyLicenseKey>[0]['publicKeys'];
  expect(publicKeys).toHaveLength(2);
  expect(verifyLicenseKey({ key: content.key, publicKeys, now: now() })).toMatchObject({
    product: 'pdt_1',
    grant: 'entg_1',
    expires: Date.parse('2026-02-28T12:00:00Z') / 1000,
  });
});

it('refuses signed keys where there is nothing to sign with, when the product is saved and when it is sold', async () => {
  const settings = { ...forever, source: 'signed' };
  const refused = await provider.settings['~standard'].validate(settings);
  expect(refused.issues?.[0]?.message).toContain('options.signing');
  await expect(provider.fulfill(request(settings))).rejects.toMatchObject({ code: 'signing_key_missing' });
});

it('waits for a key that the seller supplies', async () => {
  const answer = await provider.fulfill(request({ ...forever, source: 'manual' }));
  expect(answer).toEqual({ outcome: 'pending', awaiting: 'a license key from the seller' });
  const { grant: _, ...call } = request(forever);
  const supplied = await provider.actions?.['supply_key']?.run({
    ...call,
    business: 'bus_1',
    input: { grant: 'entg_1', key: 'ABC', activations_limit: 2, expires_at: null },
  });
  const content = { kind: 'license_key', key: 'ABC', activationsLimit: 2, expiresAt: null };
  expect(supplied).toMatchObject({
    outcome: 'done',
    delivered: [{ grant: 'entg_1', delivered: { outcome: 'delivered', content } }],
  });
});

it('never repeats a signing key that it refuses', async () => {
  const loading = fulfillmentLicenseKeys({ signing: { privateKey: 'hunter2' } }).load({ add() {} });
  await expect(loading).rejects.toThrow('options.signing.privateKey: is no Ed25519 key in PEM form');
  await expect(loading).rejects.not.toThrow('hunter2');
});
