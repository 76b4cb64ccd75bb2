import type { Delivered, FulfillmentActionDone, ProviderAction } from '@payonce/plugin-sdk';
import { done, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';

const input = z.strictObject({
  grant: z.string().min(1).max(100).describe('The pending grant, entg_…'),
  key: z.string().trim().min(1).max(500).describe('The key that the buyer gets'),
  activations_limit: z.int().min(0).nullable().default(null).describe('Activations at a time; null for any number'),
  expires_at: z.iso.datetime().nullable().default(null).describe('When the key ends; null for never'),
});

const delivered = ({ key, activations_limit, expires_at }: z.infer<typeof input>): Delivered => ({
  outcome: 'delivered',
  content: { kind: 'license_key', key, activationsLimit: activations_limit, expiresAt: expires_at },
});

/** Completes a grant of a product whose keys the seller supplies. The engine refuses a grant that is not waiting. */
export const supplyKey: ProviderAction<FulfillmentActionDone> = zodAction({
  description: 'Supply the license key of a pending grant.',
  input,
  run: async ({ input: supplied }) => ({
    ...done({ grant: supplied.grant }),
    delivered: [{ grant: supplied.grant, delivered: delivered(supplied) }],
  }),
});
