import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { breaches } from './checker.js';
import { crash, rest } from './crashes.js';
import { collect } from './evidence.js';
import { openMerchant } from './merchant.js';
import type { Merchant } from './merchant.js';
import { build } from './program.js';
import { startStack } from './stack.js';
import type { Stack } from './stack.js';

const LIMIT_MS = 150_000;
const FORGETFUL = join(fileURLToPath(new URL('forgetful/', import.meta.url)), 'payonce.config.mjs');

const open: (Stack | Merchant)[] = [];

/** Real processes and a merchant, ended after the test. */
async function installation(label: string, environment: Readonly<Record<string, string>> = {}) {
  const stack = await startStack({ label, environment });
  open.push(stack);
  const merchant = await openMerchant(stack);
  open.push(merchant);
  return { stack, merchant };
}

beforeAll(build, LIMIT_MS);

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await ('stop' in each ? each.stop() : each.close());
}, 60_000);

it(
  'charges, hands over and tells exactly once when worker and Temporal are killed between charge and fulfillment, and again later',
  async () => {
    const { stack, merchant } = await installation('crash');
    const payments = await crash({ stack, merchant, direct: 12, onPage: 6, meanwhile: 2 });
    await rest({ stack, merchant, payments, forMs: 70_000 });
    expect(breaches(await collect({ stack, merchant, payments }))).toEqual([]);
    expect(payments).toHaveLength(20);
  },
  LIMIT_MS,
);

it(
  'is told by its checker of double charges when the adapter forgets its idempotency keys',
  async () => {
    const { stack, merchant } = await installation('crash_forgetful', { PAYONCE_CONFIG: FORGETFUL });
    const payments = await crash({ stack, merchant, direct: 3, onPage: 0, meanwhile: 0 });
    await rest({ stack, merchant, payments, forMs: 30_000 });
    const found = breaches(await collect({ stack, merchant, payments }));
    for (const payment of payments) expect(found).toContain(`${payment} was charged 2 times`);
  },
  LIMIT_MS,
);
