import type { PaymentLookup, PaymentResult } from '@payonce/plugin-sdk';
import type { AttemptOutcome } from './attempt.js';
import type { ChargeOutcome } from './purchase-state.js';

/** What a processor said, as the attempt's record keeps it. An authorization is not money yet: it counts as processing. */
export function toAttemptOutcome({ result, at }: { result: PaymentResult; at: Date }): AttemptOutcome {
  return {
    status: result.status === 'authorized' ? 'processing' : result.status,
    processorRef: result.processorRef ?? null,
    action: result.status === 'requires_action' ? result.action : null,
    ...(result.status === 'processing' && result.instructions ? { instructions: result.instructions } : {}),
    captured: result.status === 'succeeded' ? result.captured : null,
    card: ('card' in result ? result.card : undefined) ?? null,
    method: result.status === 'succeeded' ? (result.method ?? 'card') : null,
    error: result.status === 'failed' ? { code: result.declineCode, message: result.message } : null,
    at,
  };
}

/** The same without people and secrets, as the workflow gets it. */
export function toChargeOutcome({ status, captured, error }: AttemptOutcome): ChargeOutcome {
  switch (status) {
    case 'succeeded':
      return captured === null ? { status: 'unknown' } : { status, captured };
    case 'failed':
      return { status, code: error?.code ?? 'UNKNOWN_ERROR' };
    case 'requires_action':
    case 'processing':
    case 'unknown':
    case 'cancelled':
      return { status };
  }
}

/** Whether a look-up found the payment. */
export const isFound = (lookup: PaymentLookup): lookup is PaymentResult => lookup.status !== 'not_found';
