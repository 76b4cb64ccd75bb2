import { INTEGRATION_TYPES } from '@payonce/engine/domain';
import { z } from 'zod';
import { email, line, metadata, name } from '../../http/fields.js';
import { createdBetween, paging } from '../../http/query.js';

/** POST /customers. */
export const createCustomer = z.strictObject({
  email,
  name: name(200),
  phone_number: line(40).nullish(),
  metadata: metadata.nullish(),
});

/** GET /customers. */
export const listCustomers = z.strictObject({
  ...paging,
  ...createdBetween,
  email: z.string().max(254).optional(),
  name: z.string().max(200).optional(),
});

/** GET /customers/{id}/entitlement-grants. */
export const listGrants = z.strictObject({
  ...paging,
  status: z.enum(['Pending', 'Delivered', 'Failed', 'Revoked']).optional(),
  integration_type: z.enum(INTEGRATION_TYPES).optional(),
});
