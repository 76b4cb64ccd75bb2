import { z } from 'zod';
import { amount, idText, instant } from '../../http/fields.js';
import { createdBetween, paging } from '../../http/query.js';

/** GET /license_keys. */
export const listLicenseKeys = z.strictObject({
  ...paging,
  ...createdBetween,
  customer_id: idText.optional(),
  product_id: idText.optional(),
  status: z.enum(['active', 'expired', 'disabled']).optional(),
  source: z.enum(['auto', 'import', 'manual']).optional(),
});

/** PATCH /license_keys/{id}: null clears, left out stays. */
export const patchLicenseKey = z.strictObject({
  activations_limit: amount.nullish(),
  expires_at: instant.nullish(),
  disabled: z.boolean().nullish(),
});

/** GET /license_key_instances. */
export const listInstances = z.strictObject({
  ...paging,
  license_key_id: idText.optional(),
  grant_id: idText.optional(),
});
