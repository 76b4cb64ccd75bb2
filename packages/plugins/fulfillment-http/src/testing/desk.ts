import { pluginErrorKind } from '@payonce/plugin-sdk';
import type { FulfillmentProvider, Grant, Json } from '@payonce/plugin-sdk';
import { fulfillmentActionResult } from '@payonce/plugin-sdk/schemas';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { httpOptions } from '../options.js';
import { httpProvider } from '../provider.js';
import { SECRET } from './receiver.js';

/** For tests only. */
export const NOW = new Date('2027-05-01T10:00:00.000Z');

const logger = { debug() {}, info() {}, warn() {}, error() {} };

export const grantOf = (id: string, settings: Json = {}): Grant => ({
  id: `entg_${id}`,
  payment: `pay_${id}`,
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_1',
  productName: 'Typography',
  unit: 0,
  customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada Lovelace' },
  settings,
});

/** A provider that calls an address, and what can be asked of it. */
export function callDesk(url: string, options: object = {}, now: () => Date = () => NOW) {
  const parsed = httpOptions.parse({ url, secret: SECRET, allowLoopback: true, ...options });
  const provider: FulfillmentProvider = httpProvider({ host: memoryHost(), options: parsed, now });
  const call = (idempotencyKey: string) => ({
    idempotencyKey,
    signal: new AbortController().signal,
    logger,
    mode: 'test' as const,
  });
  return {
    provider,
    fulfill: (grant: Grant) => provider.fulfill({ ...call(`f:${grant.id}`), grant }),
    revoke: (grant: Grant) => provider.revoke({ ...call(`r:${grant.id}`), grant, reason: 'refund' }),
    complete: async (input: Json, key = 'k') =>
      fulfillmentActionResult.parse(
        await provider.actions?.['complete']?.run({ ...call(key), business: 'bus_1', input }),
      ),
  };
}

/** How a call failed: 'retryable rate_limited'. */
export const failureOf = async (call: Promise<unknown>): Promise<Readonly<Record<string, unknown>>> =>
  call.then(
    (answer) => ({ answer }),
    (thrown: unknown) => ({
      kind: pluginErrorKind(thrown),
      code: Reflect.get(Object(thrown), 'code'),
      message: Reflect.get(Object(thrown), 'message'),
      retryAfterMs: Reflect.get(Object(thrown), 'retryAfterMs'),
    }),
  );
