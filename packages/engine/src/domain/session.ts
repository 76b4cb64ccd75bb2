import type { Currency, Json, TaxCategory } from '@payonce/plugin-sdk';
import type { Address, CustomerDetails } from './customer.js';
import type { BrandId, EntitlementId, PaymentId, ProductId, SessionId } from './ids.js';
import type { Metadata } from './metadata.js';
import type { Scope } from './scope.js';
import type { ServedBy } from './served-by.js';

/** An entitlement as it was when the session was made, with the plugin that serves it. */
export interface PlannedEntitlement {
  readonly id: EntitlementId;
  readonly provider: string;
  readonly settings: Json;
  /** 'outside' makes each grant an activity of its own on the screen, 'remote' one of the provider's own worker. */
  readonly reach: 'own_stores' | 'outside' | 'remote';
  /** Where that worker listens; there when the reach is 'remote'. */
  readonly taskQueue?: string;
  /** Whether it can run out, so that every unit is set aside before a charge; absent in older records. */
  readonly reserves?: boolean;
}

/** One line of the cart: a snapshot, so later changes of the product touch nothing. */
export interface CartLine {
  /** 'line_0' and so on: unique within the session. */
  readonly id: string;
  readonly product: ProductId;
  readonly name: string;
  readonly description: string | null;
  readonly image: string | null;
  readonly category: TaxCategory;
  /** At least 1. */
  readonly quantity: number;
  /** Minor units. */
  readonly unitPrice: number;
  readonly discountBps: number;
  readonly taxInclusive: boolean;
  readonly entitlements: readonly PlannedEntitlement[];
}

/** A checkout session: what is sold, to whom as far as known, until when. One purchase each. */
export interface Session extends Scope {
  readonly id: SessionId;
  readonly payment: PaymentId;
  readonly brand: BrandId;
  readonly currency: Currency;
  readonly lines: readonly CartLine[];
  readonly servedBy: ServedBy;
  readonly customer: CustomerDetails | null;
  readonly billing: Address | null;
  readonly taxId: string | null;
  readonly customerBusinessName: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly metadata: Metadata;
  readonly confirm: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When the workflow was started; null until then, so that a sweeper can start what a crash left behind. */
  readonly startedAt: Date | null;
}
