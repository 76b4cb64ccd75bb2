import type { SandboxOptions } from '../settings.js';
import { startSandbox } from '../start.js';
import { SECRET_KEY, merchantOf } from './merchant.js';
import type { Merchant } from './merchant.js';

/** A database for one test file. */
export interface BenchDatabase {
  readonly uri: string;
  readonly name: string;
}

/** A running sandbox and a merchant who uses it. */
export interface Bench {
  readonly origin: string;
  readonly merchant: Merchant;
  close(): Promise<void>;
}

/** Starts a sandbox on a database, with faults allowed and settlements soon. */
export async function startBench(database: BenchDatabase, options: Partial<SandboxOptions> = {}): Promise<Bench> {
  const sandbox = await startSandbox({
    mongodbUri: database.uri,
    database: database.name,
    secretKey: SECRET_KEY,
    faults: true,
    settleAfterMs: 1_200,
    answerLostMs: 300,
    ...options,
  });
  return { origin: sandbox.origin, merchant: merchantOf(sandbox.origin), close: sandbox.close };
}

/** A request for a payment; every call has a reference of its own. */
export const newPayment = (fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  reference: `order-${Math.random().toString(36).slice(2)}`,
  amount: 1255,
  currency: 'EUR',
  description: 'A book',
  return_url: 'https://shop.example/return',
  ...fields,
});
