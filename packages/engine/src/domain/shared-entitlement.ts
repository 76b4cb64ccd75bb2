import type { Json } from '@payonce/plugin-sdk';
import type { EntitlementId } from './ids.js';
import type { Metadata } from './metadata.js';
import type { Scope } from './scope.js';

/** An entitlement of its own: attached to any number of products, whose buyers get it with whatever else the product gives. */
export interface SharedEntitlement extends Scope {
  readonly id: EntitlementId;
  readonly name: string;
  readonly description: string | null;
  /** Who hands it over. Never changes: settings belong to it. */
  readonly provider: string;
  /** As the provider's own schema parsed them. What was sold keeps the settings of then. */
  readonly settings: Json;
  readonly metadata: Metadata;
  /** A deleted one is shown and sold no more; grants of it stay. */
  readonly deletedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
