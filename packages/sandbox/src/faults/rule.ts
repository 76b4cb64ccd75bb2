import { z } from 'zod';

/** What a rule can act on. `any` is all of them: a processor that is down. */
const OPERATIONS = [
  'create_payment',
  'retrieve_payment',
  'cancel',
  'refund',
  'retrieve_refund',
  'webhook',
  'page',
  'any',
] as const;

/** What a rule can do; see the README for each. */
const EFFECTS = [
  'error_before',
  'error_after',
  'hang',
  'drop_answer',
  'garbage',
  'rate_limited',
  'captured_amount',
  'duplicate_webhook',
] as const;

/** The shapes of garbage. */
const GARBAGE = ['html', 'truncated', 'huge', 'negative_amount', 'other_reference'] as const;

export const faultRule = z.strictObject({
  operation: z.enum(OPERATIONS),
  effect: z.enum(EFFECTS),
  /** The status of an error: 503 before, 500 after, 429 when rate limited. */
  status: z.int().min(400).max(599).exactOptional(),
  /** Waits this long first; for `hang`, how long the answer is held back (without it: until the caller gives up). */
  delay_ms: z.int().min(0).max(86_400_000).exactOptional(),
  /** For `captured_amount`: captures amount + delta. */
  delta: z.int().min(-1_000_000_000).max(1_000_000_000).exactOptional(),
  /** Acts this often, then never again. */
  times: z.int().min(1).max(1_000_000).exactOptional(),
  /** Acts only on this payment or refund reference. */
  reference: z.string().min(1).max(255).exactOptional(),
  garbage: z.enum(GARBAGE).exactOptional(),
});

export type FaultRule = z.infer<typeof faultRule>;
export type Operation = Exclude<FaultRule['operation'], 'any'>;
export type Effect = FaultRule['effect'];
