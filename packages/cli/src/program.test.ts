import { afterEach, beforeAll, afterAll, beforeEach, expect, it, jest } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { testDatabase } from '../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../test/setup/mongodb.js';
import { testTemporalAddress } from '../../../test/setup/temporal.js';
import { readConfig } from './config.js';
import { createProgram } from './program.js';

let database: TestDatabase;
let environment: Record<string, string>;
let printed: string[];

beforeAll(async () => {
  database = await testDatabase('program');
  environment = {
    PAYONCE_ENV: 'development',
    MONGODB_URI: database.uri,
    MONGODB_DATABASE: database.name,
    TEMPORAL_ADDRESS: testTemporalAddress(),
    TEMPORAL_NAMESPACE: `program-${randomUUID()}`,
    PAYONCE_SECRET: randomBytes(32).toString('hex'),
  };
});

afterAll(() => database.close());

beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text: unknown) => void printed.push(String(text)));
  process.exitCode = undefined;
});

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

/** Types a command, and answers what it prints. */
async function payonce(...words: string[]): Promise<string> {
  printed.length = 0;
  const program = createProgram({ config: () => readConfig(environment), environment });
  await program.parseAsync(words, { from: 'user' });
  return printed.join('\n');
}

it('sets up, issues, lists and revokes keys', async () => {
  expect(await payonce('setup')).toMatch(/test key +payonce_test_\w{38}\n.*cannot be shown again/);
  expect(await payonce('setup')).not.toContain('payonce_test_');
  const { key } = JSON.parse(await payonce('keys', 'create', '--mode', 'live', '--name', 'web shop', '--json'));
  const listed: { id: string; last4: string; name: string }[] = JSON.parse(
    await payonce('keys', 'list', '--mode', 'live', '--json'),
  );
  expect(listed).toMatchObject([
    { id: expect.stringMatching(/^key_/), name: 'web shop', last4: key.slice(-4), revoked_at: null },
  ]);
  expect(await payonce('keys', 'revoke', listed[0]?.id ?? '')).toContain('is revoked');
  expect(await payonce('keys', 'revoke', key)).toContain('was revoked before');
  expect(await payonce('keys', 'list')).toMatch(/live +…\w{4} .* revoked .* web shop/);
  await expect(payonce('keys', 'revoke', 'nothing')).rejects.toThrow('There is no such key');
});

it('issues keys of fulfillment providers, which are of another make', async () => {
  const made = JSON.parse(await payonce('keys', 'create', '--provider', 'acme-seats', '--json'));
  expect(made).toMatchObject({ provider: 'acme-seats', key: expect.stringMatching(/^payonce_provider_test_\w{38}$/) });
  expect(await payonce('keys', 'list')).toMatch(/works +acme-seats +unnamed/);
  expect(await payonce('keys', 'revoke', made.key)).toContain('is revoked');
});

it('finds nothing stuck in an installation that sold nothing', async () => {
  expect(await payonce('stuck')).toBe('Nothing is stuck.');
  expect(process.exitCode).toBeUndefined();
});

it('tells by the doctor that nothing works for purchases yet, and exits 1', async () => {
  const text = await payonce('doctor', '--online');
  expect(text).toMatch(/✓ MongoDB/);
  expect(text).toMatch(/✗ Temporal .*\n +no worker has polled payonce-purchases-test/);
  expect(process.exitCode).toBe(1);
});

it('tells by the doctor every problem of plugins and configuration in a line', async () => {
  const usual = environment;
  environment = { ...usual, SANDBOX_URL: 'http://x', SANDBOX_SECRET_KEY: 'k', SANDBOX_WEBHOOK_SECRET: 's' };
  const problems = await payonce('doctor');
  environment = { PAYONCE_ENV: 'production' };
  const missing = await payonce('doctor');
  environment = usual;
  expect(problems).toMatch(/✗ plugins\n {4}plugin processor-sandbox: /);
  expect(missing).toMatch(/✗ configuration\n {4}MONGODB_URI: is missing\n {4}TEMPORAL_ADDRESS: is missing/);
});

it('asks for an action that exists, before anything is touched', async () => {
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const typed = payonce('resolve', `pay_${'x'.repeat(21)}`, '--case', 'grant', '--action', 'ACTION');
  await expect(typed).rejects.toThrow(/'ACTION' is invalid. Allowed choices are recheck/);
});
