import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { startFakeSchool } from '../../examples/plugin-course-access/src/testing/fake-school.js';
import type { FakeSchool } from '../../examples/plugin-course-access/src/testing/fake-school.js';
import { eventually } from '../support/eventually.js';
import { payByForms } from './http-buyer.js';
import { startWholeSystem } from './whole-system.js';
import type { WantedSystem, WholeSystem } from './whole-system.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const PLUGINS = {
  'payonce-course-access': 'examples/plugin-course-access',
  '@payonce/tax-table': 'packages/plugins/tax-table',
  '@payonce/processor-sandbox': 'packages/plugins/processor-sandbox',
};
const apiKey = 'api-key-of-the-tests';
const SLOW = 120_000;

let folder: string;
let school: FakeSchool;
let system: WholeSystem;
let client: DodoPayments;

/** The folder of an installation: its configuration, and the packages that it names installed beside it. */
const configured: WantedSystem['configured'] = async (environment) => {
  for (const [name, path] of Object.entries(PLUGINS)) {
    const place = join(folder, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(join(ROOT, path), place);
  }
  const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = environment;
  const file = join(folder, 'payonce.config.json');
  const config = {
    plugins: [
      { package: '@payonce/tax-table' },
      { package: '@payonce/processor-sandbox', options: { origin, secretKey, webhookSecret } },
      { package: 'payonce-course-access', options: { origin: school.origin, apiKey } },
    ],
    routes: { processor: { test: 'sandbox' }, tax: 'tax-table' },
  };
  await writeFile(file, JSON.stringify(config));
  return file;
};

beforeAll(async () => {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const run = promisify(execFile);
  await run(tsc, ['-b', 'packages/plugins/tax-table', 'packages/plugins/processor-sandbox'], { cwd: ROOT });
  await run(tsc, ['-p', 'examples/plugin-course-access'], { cwd: ROOT });
  folder = await mkdtemp(join(tmpdir(), 'payonce-course-'));
  school = await startFakeSchool({ apiKey });
  system = await startWholeSystem({ label: 'course', configured });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
}, SLOW);

afterAll(async () => {
  await system.close();
  await school.close();
  await rm(folder, { recursive: true });
}, SLOW);

const price = {
  type: 'one_time_price',
  currency: 'EUR',
  price: 4900,
  discount: 0,
  tax_inclusive: true,
  purchasing_power_parity: false,
} as const;

/** A product that opens a course, as a merchant sets it up over HTTP. */
async function addCourse(course: string): Promise<string> {
  const entitlement: { readonly id: string } = await client.post('/entitlements', {
    body: { name: 'A place in the course', provider: 'course-access', settings: { course } },
  });
  const { product_id } = await client.products.create({
    name: 'Color theory, the course',
    tax_category: 'edtech',
    price,
    entitlements: [{ entitlement_id: entitlement.id }],
  });
  return product_id;
}

const isOpen = (): readonly boolean[] => school.enrollments.map(({ open }) => open);

it(
  'enrolls who buys, shows where the course is, and ends it when the money goes back',
  async () => {
    const { checkout_url, session_id } = await client.checkoutSessions.create({
      product_cart: [{ product_id: await addCourse('color-theory'), quantity: 1 }],
      customer: { email: 'ann@example.com', name: 'Ann Buyer' },
    });
    await payByForms({ checkoutUrl: checkout_url ?? '', card: '4242424242424242', email: 'ann@example.com' });
    await eventually(
      async () => isOpen(),
      (open) => open.length > 0,
    );
    const [enrollment] = school.enrollments;
    expect(enrollment).toMatchObject({ course: 'color-theory', email: 'ann@example.com', open: true });
    expect(school.keys).toEqual([expect.stringMatching(/^pay_[\w-]+:fulfill:entg_[\w-]+$/)]);
    const order = await eventually(
      async () => (await fetch(checkout_url ?? '')).text(),
      (page) => page.includes('https://school.example/courses/color-theory'),
    );
    expect(order).toContain('Color theory');

    const { payment_id } = await client.checkoutSessions.retrieve(session_id);
    await client.refunds.create({ payment_id: payment_id ?? '' });
    await eventually(
      async () => isOpen(),
      ([open]) => open === false,
    );
    expect(isOpen()).toEqual([false]);
  },
  SLOW,
);

it('refuses a product that names no course of the right form', async () => {
  await expect(addCourse('Color theory!')).rejects.toMatchObject({ status: 422 });
});
