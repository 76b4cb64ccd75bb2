import { randomUUID } from 'node:crypto';
import type { Call, CreatePayment } from '@payonce/plugin-sdk';

const quiet = (): void => undefined;

/** A call as the engine makes it, with what the verb needs. */
export const callFor = <Input extends object>(input: Input): Input & Call & { readonly business: string } => ({
  business: 'bus_1',
  idempotencyKey: `key-${randomUUID()}`,
  signal: AbortSignal.timeout(10_000),
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  mode: 'test',
  ...input,
});

/** A charge under a reference of its own. */
export const newPayment = (fields: Partial<CreatePayment> = {}): CreatePayment =>
  callFor({
    reference: `att_${randomUUID()}`,
    amount: { amount: 1255, currency: 'EUR' as const },
    description: 'A book',
    returnUrl: 'http://localhost:1/return?attempt=att_1',
    customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
    ...fields,
  });
