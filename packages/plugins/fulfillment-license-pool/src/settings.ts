import { z } from 'zod';

/** What a pool is called. */
export const poolName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "is like 'photo-editor-2026'")
  .describe('The pool, by name');

/** Which keys a product sells. */
export const poolSettings = z.strictObject({
  pool: poolName,
  /** How many activations at a time; null for any number. */
  activationsLimit: z.int().min(0).nullable().default(null),
  /** Shown to the buyer with the key. */
  activationMessage: z.string().min(1).max(2000).nullable().default(null),
});

/** As products keep them. */
export type PoolSettings = z.infer<typeof poolSettings>;
