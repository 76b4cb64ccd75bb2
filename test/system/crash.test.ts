import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PaymentId } from '@payonce/engine/domain';
import { blackout } from './blackout.js';
import { breaches } from './checker.js';
import { crash } from './crashes.js';
import { collect } from './evidence.js';
import { openMerchant } from './merchant.js';
import type { Merchant } from './merchant.js';
import { build } from './program.js';
import { rest } from './rest.js';
import { startStack } from './stack.js';
import type { Stack } from './stack.js';

/** For a busy machine; about 90 s otherwise. */
const LIMIT_MS = 400_000;
const FORGETFUL = join(fileURLToPath(new URL('forgetful/', import.meta.url)), 'payonce.config.mjs');

type Story = (installation: { readonly stack: Stack; readonly merchant: Merchant }) => Promise<readonly PaymentId[]>;

interface Survived {
  readonly payments: readonly string[];
  readonly breaches: readonly string[];
}

const ends: (() => Promise<void>)[] = [];

/** What happens on an installation of its own, and what the checker says when it is over. */
async function survive({
  label,
  story,
  restMs,
  environment = {},
}: {
  readonly label: string;
  readonly story: Story;
  readonly restMs: number;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<Survived> {
  const stack = await startStack({ label, environment });
  ends.push(stack.stop);
  const merchant = await openMerchant(stack);
  ends.push(merchant.close);
  const payments = await story({ stack, merchant });
  await rest({ stack, merchant, payments, forMs: restMs });
  return { payments, breaches: breaches(await collect({ stack, merchant, payments })) };
}

let killed: Survived;
let forgetful: Survived;
let blackedOut: Survived;

// Side by side: they mostly wait.
beforeAll(async () => {
  await build();
  [killed, forgetful, blackedOut] = await Promise.all([
    survive({
      label: 'crash',
      story: (installation) => crash({ ...installation, direct: 12, onPage: 6, meanwhile: 2 }),
      restMs: 180_000,
    }),
    survive({
      label: 'crash_forgetful',
      story: (installation) => crash({ ...installation, direct: 3, onPage: 0, meanwhile: 0 }),
      restMs: 60_000,
      environment: { PAYONCE_CONFIG: FORGETFUL },
    }),
    survive({
      label: 'crash_blackout',
      story: (installation) => blackout({ ...installation, buyers: 8 }),
      restMs: 180_000,
    }),
  ]);
}, LIMIT_MS);

afterAll(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
}, LIMIT_MS);

it('charges, hands over and tells exactly once when worker and Temporal are killed between charge and fulfillment, and again later', () => {
  expect(killed.payments).toHaveLength(20);
  expect(killed.breaches).toEqual([]);
});

it('hears of each double charge when the adapter forgets its idempotency keys', () => {
  expect(forgetful.payments).toHaveLength(3);
  for (const payment of forgetful.payments) expect(forgetful.breaches).toContain(`${payment} was charged 2 times`);
});

it('loses and repeats nothing when everything is killed at once and buyers try again under their idempotency keys', () => {
  expect(new Set(blackedOut.payments).size).toBe(8);
  expect(blackedOut.breaches).toEqual([]);
});
