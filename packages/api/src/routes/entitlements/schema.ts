import { INTEGRATION_TYPES } from '@payonce/engine/domain';
import { z } from 'zod';
import { idText, lines, metadata, name } from '../../http/fields.js';
import { paging } from '../../http/query.js';

/** What the provider's own schema parses. */
const forProvider = z.record(z.string(), z.unknown());

/**
 * POST /entitlements. Who hands it over is said by `integration_type`, a type of the public API or the id of a provider; or by `provider`. What it is told comes as
 * `integration_config`, or in the provider's own words as `settings`, which win.
 */
export const createEntitlement = z.strictObject({
  name: name(200),
  description: lines(1000).nullish(),
  integration_type: idText.nullish(),
  integration_config: forProvider.nullish(),
  provider: idText.nullish(),
  settings: forProvider.nullish(),
  metadata: metadata.nullish(),
});

/** PATCH /entitlements/{id}: what is left out stays; what the provider is told is replaced as a whole. */
export const patchEntitlement = z.strictObject({
  name: name(200).nullish(),
  description: lines(1000).nullish(),
  integration_config: forProvider.nullish(),
  settings: forProvider.nullish(),
  metadata: metadata.nullish(),
});

/** GET /entitlements. */
export const listEntitlements = z.strictObject({
  ...paging,
  integration_type: z.enum(INTEGRATION_TYPES).optional(),
});

/** GET /entitlements/{id}/grants. */
export const listGrantsOfEntitlement = z.strictObject({
  ...paging,
  status: z.enum(['Pending', 'Delivered', 'Failed', 'Revoked']).optional(),
  customer_id: idText.optional(),
});

/** POST /grants/{grant}/license-key: what is left out is as the product says, null lifts it. */
export const supplyKey = z.strictObject({
  key: z.string().trim().min(1).max(500),
  activations_limit: z.int().min(0).nullish(),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});
