import { workflowInfo } from '@temporalio/workflow';
import type { AttemptId, GrantId, RefundId } from '../domain/ids.js';
import { INITIAL_STATE, transition } from '../domain/purchase-state.js';
import type { Amount, PurchaseFact, PurchaseState } from '../domain/purchase-state.js';
import type {
  AttentionCase,
  EventOf,
  GrantPlan,
  OfPurchase,
  ProcessorReport,
  PurchaseInput,
  RefundRequest,
  Resolution,
  SubmitAnswer,
} from '../messages/index.js';
import { steps } from './steps.js';
import { now } from './clock.js';

/** A case with the decision that ends it, once there is one. */
export type OpenCase = AttentionCase & { resolution?: Resolution };

/** The working set of one run: handlers add to it, the main loop takes from it. */
export interface Purchase {
  readonly input: PurchaseInput;
  readonly of: OfPurchase;
  /** Milliseconds since 1970: the start of the workflow and its time to live, also when the first task was late. */
  readonly deadline: number;
  state: PurchaseState;
  revision: number;
  processor: string;
  paidAt: number | null;
  expired: boolean;
  cancelRequested: boolean;
  /** The one submission that is being served; set before the first await, so that others are refused. */
  submission: AttemptId | null;
  /** First outcomes, for submissions that are repeated or still waiting. */
  readonly answers: Map<AttemptId, SubmitAnswer>;
  /** What each attempt was charged for. */
  readonly asked: Map<AttemptId, Amount>;
  readonly reports: ProcessorReport[];
  /** Money of an older attempt, kept until the open one is decided. */
  readonly deferred: ProcessorReport[];
  lookUpNow: boolean;
  /** Which rung of the ladder the open attempt is on. */
  rung: number;
  grants: readonly GrantPlan[];
  /** Grants that an operator decided not to hand over, before this run began. */
  waivedGrants: ReadonlySet<GrantId>;
  readonly pendingGrants: Set<GrantId>;
  /** Grants of which something was recorded outside of this run, and not read yet. */
  readonly toldGrants: Set<GrantId>;
  /** Grants that a refund ended: nobody hands them over any more. */
  readonly endedGrants: Set<GrantId>;
  /** What the merchant asked to end. */
  readonly endRequests: GrantId[];
  readonly refundRequests: RefundRequest[];
  /** How many refunds operators typed: numbers their keys. */
  typedRefunds: number;
  readonly refundReports: Map<RefundId, 'succeeded' | 'failed'>;
  readonly refundsInProgress: Set<RefundId>;
  readonly refundsDone: Set<RefundId>;
  /** Whether something of the cart can run out. */
  limited: boolean;
  /** Whether goods may be set aside for this purchase; only what can run out ever is. */
  holding: boolean;
  /** The attempt that it was last set aside for; null when only the record knows. */
  heldFor: AttemptId | null;
  /** How often letting go failed in a row. */
  failedReleases: number;
  /** Whether the tax of record was committed; a waived one was not. */
  tax: 'open' | 'committed' | 'waived';
  readonly cases: Map<string, OpenCase>;
  lastError: string | null;
  /** The status that operators' lists show. */
  listedAs: string;
  /** How much is being done beside the main loop. */
  aside: number;
  closing: boolean;
}

/** A run that knows nothing yet. */
export function newPurchase(input: PurchaseInput): Purchase {
  return {
    input,
    of: { payment: input.payment, session: input.session, mode: input.mode },
    deadline: workflowInfo().startTime.getTime() + input.ttlSeconds * 1000,
    state: INITIAL_STATE,
    revision: 0,
    processor: '',
    paidAt: null,
    expired: false,
    cancelRequested: false,
    submission: null,
    answers: new Map(),
    asked: new Map(),
    reports: [],
    deferred: [],
    lookUpNow: false,
    rung: 0,
    grants: [],
    waivedGrants: new Set(),
    pendingGrants: new Set(),
    toldGrants: new Set(),
    endedGrants: new Set(),
    endRequests: [],
    refundRequests: [],
    typedRefunds: 0,
    refundReports: new Map(),
    refundsInProgress: new Set(),
    refundsDone: new Set(),
    limited: false,
    holding: false,
    heldFor: null,
    failedReleases: 0,
    tax: 'open',
    cases: new Map(),
    lastError: null,
    listedAs: 'awaiting_payment',
    aside: 0,
    closing: false,
  };
}

/** Moves the state by a fact and records it with its events. False when the fact is not legal now: then nothing happened. */
export async function move(p: Purchase, fact: PurchaseFact, events: readonly EventOf[] = []): Promise<boolean> {
  const next = transition(p.state, fact);
  if (next === p.state) return false;
  const wasPaid = p.state.kind === 'paid';
  p.state = next;
  if (next.kind === 'paid' && !wasPaid) p.paidAt = now();
  const { grants } = await steps.recordTransition(nextTransition(p, events));
  if (grants.length > 0) p.grants = grants;
  return true;
}

/** The transition to the state of now, under the next revision. */
export function nextTransition(p: Purchase, events: readonly EventOf[]) {
  p.revision += 1;
  return { ...p.of, revision: p.revision, state: p.state, at: now(), events };
}
