import type { Mode, ProcessorEvent } from '@payonce/plugin-sdk';
import type { InboxId, PaymentId } from '../domain/ids.js';

/** A verified report of a processor, kept before it is acknowledged. */
export interface InboxEntry {
  readonly id: InboxId;
  readonly processor: string;
  readonly account: string;
  readonly mode: Mode;
  /** Unique with processor and account. */
  readonly eventId: string;
  readonly event: ProcessorEvent;
  readonly receivedAt: Date;
  /** The payment that our reference named; null while unmatched. */
  readonly payment: PaymentId | null;
  /** When its purchase was told, or it was found to need no telling. */
  readonly routedAt: Date | null;
  readonly tries: number;
}

/** Reports of processors. */
export interface InboxStore {
  /** Adds an entry; a repeated event answers the entry that is there. */
  ensure(entry: InboxEntry): Promise<InboxEntry>;
  find(id: InboxId): Promise<InboxEntry | undefined>;
  markRouted(change: { readonly id: InboxId; readonly payment: PaymentId | null; readonly at: Date }): Promise<void>;
  countTry(id: InboxId): Promise<void>;
  /** Not yet routed and older than `before`: the least tried first, then the oldest, so that strangers' reports hold up none of ours. */
  listUnrouted(filter: { readonly before: Date; readonly limit: number }): Promise<readonly InboxEntry[]>;
}
