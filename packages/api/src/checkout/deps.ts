import type { Address, GrantId, Metadata, Product, ProductId, SessionId } from '@payonce/engine/domain';
import type { PurchaseClient } from '@payonce/engine/client';
import type { Clock, Ids, Logger, Secrets, Stores } from '@payonce/engine/ports';
import type { TaxPlugins } from '@payonce/engine/plugins';
import type { ClientPlugins } from './client-origins.js';

/** What opening a session from a product's own page asks for. */
export interface OpenSession {
  readonly product: ProductId;
  /** At least 1. */
  readonly quantity: number;
  /** What the link gave; the buyer can change it on the page. */
  readonly email: string | null;
  readonly name: string | null;
  readonly billing: Address | null;
  /** An http or https address that came with the link: a stranger may have written the link, so the app decides whether it is one of the merchant's. */
  readonly returnUrl: string | null;
  readonly metadata: Metadata;
}

/** How long a request waits for others before it answers with what is known. Milliseconds. */
export interface Patience {
  /** For the first outcome of a submitted attempt. */
  readonly submitMs: number;
  /** For the record, when the buyer is back from the processor. */
  readonly recordMs: number;
  /** For the look-up after that. */
  readonly lookUpMs: number;
}

/** Requests per minute from one address before it is asked to slow down. */
export interface Limits {
  readonly pay: number;
  readonly quote: number;
}

/** What the checkout pages need from the process that serves them. */
export interface CheckoutDeps {
  readonly stores: Pick<Stores, 'attempts' | 'businesses' | 'customers' | 'grants' | 'payments' | 'sessions'>;
  readonly client: Pick<PurchaseClient, 'start' | 'submit' | 'buyerReturned'>;
  readonly plugins: TaxPlugins & ClientPlugins;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, 'sign' | 'verify'>;
  readonly logger: Logger;
  /** Scheme, host and port under which buyers reach these pages: 'https://checkout.example.com'. */
  readonly origin: string;
  /** Where the processors' own pages live. A buyer is redirected to these after Pay; to any other place the buyer follows a link. */
  readonly processorOrigins: readonly string[];
  /** The product behind a static link; undefined when there is none. Archived ones are answered too, and shown as no longer for sale. */
  findProduct(request: { readonly product: ProductId }): Promise<Product | undefined>;
  /** Makes and starts a session. A DomainError is shown to the buyer in its own words. */
  openSession(request: OpenSession): Promise<SessionId>;
  /** An expiring link to a file of a grant. */
  fileLink(request: { readonly grant: GrantId; readonly file: string; readonly filename: string }): string;
  /** Where an image of the file store is shown; without it, products show their first letter. It must be on our own origin. */
  readonly imageUrl?: (image: string) => string;
  readonly patience?: Patience;
  readonly limits?: Limits;
}
