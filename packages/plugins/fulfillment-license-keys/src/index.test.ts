import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Fulfill, FulfillmentProvider, Json } from '@payonce/plugin-sdk';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import { VERSION, fulfillmentLicenseKeys, isLicenseKey, licenseSettings } from './index.js';
import { licenseKeyProvider } from './provider.js';

const provider = licenseKeyProvider({ now: () => new Date('2026-01-31T12:00:00Z'), randomBytes });

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
