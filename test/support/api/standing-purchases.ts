import { DomainError } from '@payonce/engine/domain';
import type { Attempt, Session } from '@payonce/engine/domain';
import type { PurchaseClient } from '@payonce/engine/client';
import { submit } from './standing-charge.js';
import type { ChargePlan } from './standing-charge.js';
import type { StandingDeps } from './standing-deps.js';
import { apply, createRecord, settleRefund } from './standing-record.js';

/** A purchase client without Temporal: every call does at once, and once, what the workflow would. */
export interface StandingPurchases extends PurchaseClient {
  /** Plans for the next charges; 'succeed' when there are none. */
  readonly charges: ChargePlan[];
  /** How the next refunds end; 'succeeded' when there are none. */
  readonly refunds: ('succeeded' | 'failed' | 'pending')[];
  /** What was called, in order. */
  readonly calls: string[];
  /** While true, it cannot be reached. */
  down: boolean;
}

export function standingPurchases(deps: StandingDeps): StandingPurchases {
  const own: Pick<StandingPurchases, 'charges' | 'refunds' | 'calls' | 'down'> = {
    charges: [],
    refunds: [],
    calls: [],
    down: false,
  };
  const reach = (call: string): void => {
    if (own.down) throw new DomainError('SERVICE_UNAVAILABLE', 'away');
    own.calls.push(call);
  };
  return Object.assign(own, {
    async start(session: Session) {
      reach(`start ${session.id}`);
      await createRecord(deps, session);
    },
    async submit({ attempt }: { readonly attempt: Attempt['id'] }) {
      if (own.down) return { status: 'processing' } as const;
      reach(`submit ${attempt}`);
      return submit(deps, { id: attempt, plan: () => own.charges.shift() ?? 'succeed' });
    },
    async report({ payment, report }: Parameters<PurchaseClient['report']>[0]) {
      reach(`report ${payment} ${report.kind}`);
      if (report.kind === 'payment' && report.outcome.status !== 'authorized')
        await apply(deps, {
          payment,
          fact: { type: 'attempt_outcome', attempt: report.attempt, outcome: report.outcome },
        });
    },
    async refund({ payment, refund }: Parameters<PurchaseClient['refund']>[0]) {
      reach(`refund ${refund}`);
      const status = own.refunds.shift() ?? 'succeeded';
      if (status !== 'pending') await settleRefund(deps, { payment, refund, status });
    },
    buyerReturned: async () => reach('buyerReturned'),
    grantCompleted: async ({ grant }: Parameters<PurchaseClient['grantCompleted']>[0]) => reach(`grant ${grant}`),
    endGrant: async ({ grant }: Parameters<PurchaseClient['endGrant']>[0]) => reach(`end ${grant}`),
    cancel: async () => reach('cancel'),
    state: () => Promise.reject(new DomainError('SERVICE_UNAVAILABLE', 'no workflow here')),
    retryFulfillment: async () => [],
    resolve: async () => undefined,
  } satisfies PurchaseClient);
}
