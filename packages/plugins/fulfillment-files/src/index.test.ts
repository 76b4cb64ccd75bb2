import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import type { Fulfill, FulfillmentProvider, Json } from '@payonce/plugin-sdk';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import { VERSION, fileProvider, fileSettings, fulfillmentFiles } from './index.js';

let provider: FulfillmentProvider;

beforeAll(async () => {
  const added: FulfillmentProvider[] = [];
  await fulfillmentFiles().load({ add: (_, one) => void added.push(one as unknown as FulfillmentProvider) });
  const [first] = added;
  if (first === undefined) throw new Error('the plugin registered nothing');
  provider = first;
});

const request = (settings: Json): Fulfill => ({
  grant: {
    id: 'entg_1',
    payment: 'pay_1',
    business: 'bus_1',
    mode: 'test',
    product: 'pdt_1',
    productName: 'Font',
    unit: 0,
    customer: { id: 'cus_1', email: 'a@example.com', name: 'A' },
    settings,
  },
  idempotencyKey: 'pay_1:fulfill:entg_1',
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mode: 'test',
});

it('hands over files, a link and instructions, the same on every call', async () => {
  const settings = {
    files: [{ file: 'f1', filename: 'font.zip' }],
    externalUrl: 'https://example.com/font',
    instructions: 'Unzip it.',
  };
  const first = deliveredOrPending.parse(await provider.fulfill(request(settings)));
  expect(first).toEqual({ outcome: 'delivered', content: { kind: 'files', ...settings } });
  await expect(provider.fulfill(request(settings))).resolves.toEqual(first);
});

it('ends access after so many downloads and days', async () => {
  const settings = { files: [{ file: 'f1', filename: 'font.zip' }], maxDownloads: 3, accessDays: 30 };
  const mortal = fileProvider({ now: () => new Date('2026-01-31T12:00:00Z') });
  expect(deliveredOrPending.parse(await mortal.fulfill(request(settings)))).toMatchObject({
    content: { maxDownloads: 3, accessUntil: '2026-03-02T12:00:00.000Z' },
  });
});

it('says nothing of a link and instructions that there are not', async () => {
  const answer = deliveredOrPending.parse(
    await provider.fulfill(
      request({ files: [{ file: 'f1', filename: 'font.zip' }], externalUrl: null, instructions: null }),
    ),
  );
  expect(answer).toEqual({
    outcome: 'delivered',
    content: { kind: 'files', files: [{ file: 'f1', filename: 'font.zip' }] },
  });
});

it('fails, rather than hand over nothing for money', async () => {
  const nothing = provider.fulfill(request({ files: [], externalUrl: null, instructions: null }));
  await expect(nothing).rejects.toMatchObject({ code: 'nothing_to_deliver' });
});

it.each([
  ['a link to a script', { files: [], externalUrl: 'javascript:alert(1)', instructions: null }, 'externalUrl'],
  [
    'a file without a name',
    { files: [{ file: 'f1', filename: '' }], externalUrl: null, instructions: null },
    'files.0.filename',
  ],
  ['something unknown', { files: [], externalUrl: null, instructions: null, price: 0 }, ''],
])('refuses settings with %s', (_, settings, path) => {
  expect(fileSettings.safeParse(settings).error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
});

it('needs no call to end access', async () => {
  await expect(provider.revoke({ ...request({}), reason: 'refund' })).resolves.toBeUndefined();
});

it('has the version of its package, and touches no more than our own stores', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(manifest.version);
  expect(provider).toMatchObject({ id: 'files', reach: 'own_stores' });
});
