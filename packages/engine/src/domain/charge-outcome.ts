import type { PaymentLookup, PaymentResult } from '@payonce/plugin-sdk';
import type { AttemptOutcome } from './attempt.js';
import type { LearnedOutcome } from './purchase-state.js';

/** What a processor said, as the attempt's record keeps it. `fault` is the adapter's code when it refused for good what we sent. */
export function toAttemptOutcome({
  result,
  at,
  fault,
}: {
  result: PaymentResult;
  at: Date;
  fault?: string;
}): AttemptOutcome {
  return {
    status: result.status,
    processorRef: result.processorRef ?? null,
    action: result.status === 'requires_action' ? result.action : null,
    ...(result.status === 'processing' && result.instructions ? { instructions: result.instructions } : {}),
    ...(result.status === 'authorized' ? { authorized: result.authorized } : {}),
    captured: result.status === 'succeeded' ? result.captured : null,
    card: ('card' in result ? result.card : undefined) ?? null,
    method: result.status === 'succeeded' ? (result.method ?? 'card') : null,
    error: result.status === 'failed' ? { code: result.declineCode, message: result.message } : null,
    ...(fault === undefined ? {} : { fault }),
    at,
  };
}

/** The same without people and secrets, as the workflow gets it. */
export function toChargeOutcome({ status, captured, error, fault }: AttemptOutcome): LearnedOutcome {
  switch (status) {
    case 'succeeded':
      return captured === null ? { status: 'unknown' } : { status, captured };
    case 'failed':
      return { status, code: error?.code ?? 'UNKNOWN_ERROR', ...(fault === undefined ? {} : { fault }) };
    case 'requires_action':
    case 'authorized':
    case 'processing':
    case 'unknown':
    case 'cancelled':
      return { status };
  }
}

/** Whether a look-up found the payment. */
export const isFound = (lookup: PaymentLookup): lookup is PaymentResult => lookup.status !== 'not_found';
