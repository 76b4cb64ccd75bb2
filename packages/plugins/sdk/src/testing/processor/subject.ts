import type { Money } from '../../money.js';
import type { PaymentResult } from '../../processor-results.js';
import type { PluginSource, Subject } from '../subject.js';

/** What a processor adapter is tried with: the plugin, and a fake or sandbox of its processor that really keeps books. */
export interface ProcessorAdapterSubject extends Subject {
  /**
   * Tokens that the processor charges at once, as `paymentMethod`. Leave `succeeds` out when the adapter takes none: then every token must be declined, and the kit charges
   * by open payments that the buyer pays.
   */
  readonly paymentMethods: { readonly succeeds?: string; readonly declines: string };
  /** The buyer does what an open payment asks for, and pays. Called for a charge without a token. */
  readonly buyerPays: (payment: { readonly reference: string; readonly result: PaymentResult }) => Promise<void>;
  /** Every movement of money under a reference of ours, from the processor's own books. */
  readonly ledger: (reference: string) => Promise<readonly Movement[]>;
  /** What can go wrong on request; every check ends with `clear`. */
  readonly faults: ProcessorFaults;
  /** The plugin with an address where nobody listens. */
  readonly unreachable: PluginSource;
  /** The plugin configured to authorize first, for an adapter with `capture`. */
  readonly authorizing?: PluginSource;
  /** Leave out only when the adapter declares that its processor posts none (`capabilities.webhooks`). */
  readonly webhooks?: WebhookFixture;
}

/** Money that moved. The reference is the payment's for a charge, the refund's for a refund. */
export interface Movement {
  /** Which way the money went. */
  readonly kind: 'charge' | 'refund';
  /** How much, in minor units. */
  readonly amount: Money;
}

/** What the processor does wrong on request. */
export interface ProcessorFaults {
  /** It does what the next charge or refund asks, but its answer never arrives: the connection breaks. */
  loseNextAnswer(): void | Promise<void>;
  /** It takes the next charge and does not answer until the connection closes. */
  holdNextAnswer(): void | Promise<void>;
  /** It captures that many minor units more than the next charge asks for. */
  captureMore(by: number): void | Promise<void>;
  /** Ends all faults. */
  clear(): void | Promise<void>;
}

/** The processor's webhooks, for the kit to tamper with. */
export interface WebhookFixture {
  /** The body that the processor posts about a payment, byte by byte. */
  bodyOf(reference: string): Promise<Uint8Array>;
  /** The headers of a genuine post: signed now with the installation's own secret when nothing else is said. */
  sign(post: {
    readonly body: Uint8Array;
    readonly at?: Date;
    readonly secret?: string;
  }): Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
  /** The header that holds the signature. */
  readonly signatureHeader: string;
  /** A secret of the right form that is not the installation's. */
  readonly otherSecret: string;
}
