import { z } from 'zod';
import { amount, idText, lines, metadata } from '../../http/fields.js';
import { createdBetween, neverMatches, paging } from '../../http/query.js';

const item = z.strictObject({ item_id: idText, amount: amount.min(1).nullish(), tax_inclusive: z.boolean().nullish() });

/** POST /refunds. */
export const createRefund = z.strictObject({
  payment_id: idText,
  reason: lines(3000).nullish(),
  metadata: metadata.nullish(),
  items: z.array(item).max(100).nullish(),
});

/** GET /refunds. */
export const listRefunds = z.strictObject({
  ...paging,
  ...createdBetween,
  status: z.enum(['succeeded', 'failed', 'pending', 'review']).optional(),
  customer_id: idText.optional(),
  subscription_id: neverMatches,
});

export type CreateRefund = z.output<typeof createRefund>;
