import type { EntitlementGrant, PaymentId, PurchaseEvent } from '@payonce/engine/domain';
import { openTemporal } from '../../packages/cli/src/connections/temporal.js';
import { callerOf } from './caller.js';
import type { Caller } from './caller.js';
import type { Merchant } from './merchant.js';
import type { Stack } from './stack.js';
import type { Post } from './webhook-receiver.js';

/** What one purchase left in the records. */
export interface PurchaseRecord {
  readonly payment: PaymentId;
  /** 'paid, settled' when all is done. */
  readonly state: string;
  readonly attempts: readonly AttemptRecord[];
  readonly grants: readonly Pick<EntitlementGrant, 'id' | 'status' | 'licenseKey'>[];
  readonly events: readonly Pick<PurchaseEvent, 'id' | 'type'>[];
}

/** What an attempt asked the buyer for; null when it was never priced. */
export interface AttemptRecord {
  readonly id: string;
  readonly asked: { readonly amount: number; readonly currency: string } | null;
}

/** Money that moved, as the processor wrote it down. */
export interface LedgerEntry {
  readonly kind: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
}

/** A license key as its merchant reads it. */
export interface ReadKey {
  readonly id: string;
  readonly key: string;
  readonly payment: string;
}

/** What all sides say after the dust has settled. */
export interface Evidence {
  readonly purchases: readonly PurchaseRecord[];
  readonly ledger: readonly LedgerEntry[];
  /** Read twice. */
  readonly keys: readonly [readonly ReadKey[], readonly ReadKey[]];
  readonly posts: readonly Post[];
  /** By the screen of operators. */
  readonly screen: { readonly settled: number; readonly needsAttention: number };
}

/** Asks everybody. */
export async function collect({
  stack,
  merchant,
  payments,
}: {
  readonly stack: Stack;
  readonly merchant: Merchant;
  readonly payments: readonly PaymentId[];
}): Promise<Evidence> {
  const sandbox = callerOf({ url: stack.sandboxUrl, key: stack.sandboxKey });
  const { entries } = await sandbox.call({ path: '/v1/ledger' });
  return {
    purchases: await Promise.all(payments.map((payment) => recordOf(stack, payment))),
    ledger: entries as readonly LedgerEntry[],
    keys: [await readKeys(merchant.api), await readKeys(merchant.api)],
    posts: merchant.receiver.posts,
    screen: await screenOf(stack),
  };
}

async function recordOf({ records: { stores } }: Stack, id: PaymentId): Promise<PurchaseRecord> {
  const [payment, attempts, grants, events] = await Promise.all([
    stores.payments.find(id),
    stores.attempts.list({ payment: id }),
    stores.grants.listByPayment(id),
    stores.events.listByPayment(id),
  ]);
  const value = payment?.state.value;
  return {
    payment: id,
    state: value === undefined ? 'not on record' : value.kind === 'paid' ? `paid, ${value.stage}` : value.kind,
    attempts: attempts.map(({ id: attempt, frozen }) => ({
      id: attempt,
      asked: frozen && { amount: frozen.quote.total, currency: frozen.quote.currency },
    })),
    grants,
    events,
  };
}

async function readKeys(api: Caller): Promise<readonly ReadKey[]> {
  const { items } = await api.call({ path: '/license_keys?page_size=100' });
  return (items as readonly Readonly<Record<string, unknown>>[])
    .map(({ id, key, payment_id: payment }) => ({ id: String(id), key: String(key), payment: String(payment) }))
    .toSorted((one, other) => one.id.localeCompare(other.id));
}

async function screenOf({ config }: Stack): Promise<Evidence['screen']> {
  const { client, connection } = await openTemporal(config);
  const count = async (status: string): Promise<number> =>
    (await client.workflow.count(`PurchaseStatus = '${status}'`)).count;
  try {
    return { settled: await count('settled'), needsAttention: await count('needs_attention') };
  } finally {
    await connection.close();
  }
}
