import type {
  BuyerAction,
  CardSummary,
  Currency,
  DeclineCode,
  PaymentInstruction,
  ProcessorCapabilities,
} from '@payonce/plugin-sdk';
import type { Address, CustomerDetails } from './customer.js';
import type { AttemptId, PaymentId, SessionId } from './ids.js';
import type { Quote } from './quote.js';
import type { Scope } from './scope.js';
import { processorOf } from './served-by.js';
import type { Session } from './session.js';

/** What the buyer sent with Pay. Immutable. */
export interface AttemptRequest {
  readonly customer: CustomerDetails;
  readonly billing: Address;
  readonly taxId: string | null;
  readonly customerBusinessName: string | null;
  /** The total that the buyer saw, minor units: another quote charges nothing. */
  readonly shownTotal: number;
  readonly currency: Currency;
  /** A token of the processor's for a direct charge; null for the processor's own page. */
  readonly paymentMethod: string | null;
}

/** Where the charge of an attempt stands at the processor, as last learned. People and secrets stay here: the workflow gets states and amounts. */
export interface AttemptOutcome {
  readonly status: 'requires_action' | 'authorized' | 'processing' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';
  readonly processorRef: string | null;
  readonly action: BuyerAction | null;
  /** How the buyer pays where no page leads on, while it is processing. */
  readonly instructions?: readonly PaymentInstruction[];
  /** What can be captured; there when the status is 'authorized'. */
  readonly authorized?: { readonly amount: number; readonly currency: Currency };
  readonly captured: { readonly amount: number; readonly currency: Currency } | null;
  readonly card: CardSummary | null;
  readonly method: string | null;
  readonly error: { readonly code: DeclineCode; readonly message: string } | null;
  /** The adapter's code when it refused for good what we sent: the failure is ours, not the buyer's. */
  readonly fault?: string;
  readonly at: Date;
}

/** What is asked of the processor, as it was decided before the processor was called. */
export interface FrozenCharge {
  readonly quote: Quote;
  readonly idempotencyKey: string;
  readonly at: Date;
  /** Who takes the money of this attempt; the session's processor when left out. */
  readonly by?: Charger;
}

/** Who takes the money. */
export interface Charger {
  readonly processor: string;
  /** What the wire calls it. */
  readonly paymentProvider: ProcessorCapabilities['paymentProvider'];
}

/** The processor that an attempt is, or would be, charged by. */
export const chargedBy = (
  attempt: Pick<Attempt, 'frozen' | 'request'>,
  { servedBy }: Pick<Session, 'servedBy'>,
): string =>
  attempt.frozen === null
    ? processorOf(servedBy, attempt.request.billing.country)
    : (attempt.frozen.by?.processor ?? servedBy.processor);

/** One press of Pay. */
export interface Attempt extends Scope {
  readonly id: AttemptId;
  readonly session: SessionId;
  readonly payment: PaymentId;
  readonly request: AttemptRequest;
  /** Frozen, with the idempotency key, before the processor is called; null before. */
  readonly frozen: FrozenCharge | null;
  /** When a charge was first handed to the adapter; null says surely never sent. */
  readonly sentAt: Date | null;
  readonly outcome: AttemptOutcome | null;
  readonly createdAt: Date;
  /** When a workflow accepted it. */
  readonly acceptedAt: Date | null;
  /** When a sweeper gave up on it: its session had ended before any workflow took it. */
  readonly voidedAt: Date | null;
  /** What the provider says of goods that ran out, for the buyer; there when that is why nothing was charged. */
  readonly soldOut?: string;
  /** The query that the buyer last came back with from the processor: for its adapter alone, believed by nobody. */
  readonly returned?: Readonly<Record<string, string>>;
}
