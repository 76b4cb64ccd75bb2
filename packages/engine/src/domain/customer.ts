import type { CustomerId } from './ids.js';
import type { Metadata } from './metadata.js';
import type { Scope } from './scope.js';

/** Who buys, as payments and events show it. */
export interface CustomerDetails {
  readonly id: CustomerId;
  readonly email: string;
  readonly name: string;
  readonly phone: string | null;
}

/** A buyer of a business; unique by e-mail address within its scope. */
export interface Customer extends CustomerDetails, Scope {
  readonly metadata: Metadata;
  readonly createdAt: Date;
}

/** A billing address; only the country is always known. */
export interface Address {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly state: string | null;
  readonly city: string | null;
  readonly street: string | null;
  readonly zipcode: string | null;
}
