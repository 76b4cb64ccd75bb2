import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { breaches } from './checker.js';
import { crash, rest } from './crashes.js';
import type { Crash } from './crashes.js';
import { collect } from './evidence.js';
import { openMerchant } from './merchant.js';
import { build } from './program.js';
import { startStack } from './stack.js';

const LIMIT_MS = 200_000;
const FORGETFUL = join(fileURLToPath(new URL('forgetful/', import.meta.url)), 'payonce.config.mjs');

type Story = Pick<Crash, 'direct' | 'onPage' | 'meanwhile'>;

interface Survived {
  readonly payments: readonly string[];
  readonly breaches: readonly string[];
}

const ends: (() => Promise<void>)[] = [];

/** A crash on an installation of its own, and what the checker says when it is over. */
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
  const payments = await crash({ stack, merchant, ...story });
  await rest({ stack, merchant, payments, forMs: restMs });
  return { payments, breaches: breaches(await collect({ stack, merchant, payments })) };
}

let ours: Survived;
let forgetful: Survived;

// Side by side: both mostly wait.
beforeAll(async () => {
  await build();
  [ours, forgetful] = await Promise.all([
    survive({ label: 'crash', story: { direct: 12, onPage: 6, meanwhile: 2 }, restMs: 90_000 }),
    survive({
      label: 'crash_forgetful',
      story: { direct: 3, onPage: 0, meanwhile: 0 },
      restMs: 15_000,
      environment: { PAYONCE_CONFIG: FORGETFUL },
    }),
  ]);
}, LIMIT_MS);

afterAll(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
}, LIMIT_MS);

it('charges, hands over and tells exactly once when worker and Temporal are killed between charge and fulfillment, and again later', () => {
  expect(ours.payments).toHaveLength(20);
  expect(ours.breaches).toEqual([]);
});

it('hears of each double charge when the adapter forgets its idempotency keys', () => {
  expect(forgetful.payments).toHaveLength(3);
  for (const payment of forgetful.payments) expect(forgetful.breaches).toContain(`${payment} was charged 2 times`);
});
