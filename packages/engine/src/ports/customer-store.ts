import type { Customer } from '../domain/customer.js';
import type { CustomerId } from '../domain/ids.js';
import type { Scope } from '../domain/scope.js';
import type { CreatedBetween, Page } from './page.js';

/** Buyers, unique by e-mail address within a scope. */
export interface CustomerStore {
  find(key: Scope & { readonly id: CustomerId }): Promise<Customer | undefined>;
  findByEmail(key: Scope & { readonly email: string }): Promise<Customer | undefined>;
  /** Adds the customer, or answers the one that already has this address in this scope (compared without case). */
  ensure(customer: Customer): Promise<Customer>;
  /** `email` is the whole address, `name` any part of the name; both without case. */
  list(
    filter: Scope & CreatedBetween & { readonly email?: string; readonly name?: string; readonly page: Page },
  ): Promise<readonly Customer[]>;
}
