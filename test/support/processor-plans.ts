import type { Money, PaymentResult, RefundResult } from '@payonce/plugin-sdk';

/** What the processor does with the next charge. */
export type ChargePlan =
  | 'succeed'
  | 'redirect'
  | 'processing'
  | 'authorize'
  | 'authorize_short'
  | 'decline'
  | 'lost'
  | 'not_sent'
  | 'key_refused'
  | 'short'
  | 'excess';

/** What it does with the next capture. `lost` captures and loses the answer. */
export type CapturePlan = 'succeed' | 'lost' | 'decline' | 'away' | 'refuse';

/** What it does with the next refund. */
export type RefundPlan = 'succeed' | 'pending' | 'fail' | 'lost';

/** How a payment ended. */
export const settled = (
  reference: string,
  amount: Money,
  outcome: 'succeeded' | 'failed' | 'cancelled',
): PaymentResult => {
  const processorRef = `sp_${reference}`;
  if (outcome === 'succeeded')
    return { status: outcome, processorRef, captured: amount, card: { last4: '4242', network: 'VISA' } };
  return outcome === 'cancelled'
    ? { status: outcome, processorRef }
    : { status: outcome, processorRef, declineCode: 'CARD_DECLINED', message: 'declined' };
};

/** What a charge answers by its plan, `lost` ones before the answer is. */
export function planned(plan: ChargePlan, reference: string, amount: Money): PaymentResult {
  const processorRef = `sp_${reference}`;
  switch (plan) {
    case 'redirect':
      return {
        status: 'requires_action',
        processorRef,
        action: { type: 'redirect', url: `https://processor.example/pay/${reference}` },
      };
    case 'processing':
      return { status: 'processing', processorRef };
    case 'authorize':
      return { status: 'authorized', processorRef, authorized: amount };
    case 'authorize_short':
      return { status: 'authorized', processorRef, authorized: { ...amount, amount: amount.amount - 1 } };
    case 'decline':
      return settled(reference, amount, 'failed');
    case 'short':
      return settled(reference, { ...amount, amount: amount.amount - 1 }, 'succeeded');
    case 'excess':
      return settled(reference, { ...amount, amount: amount.amount + 100 }, 'succeeded');
    case 'succeed':
    case 'lost':
    case 'not_sent':
    case 'key_refused':
      return settled(reference, amount, 'succeeded');
  }
}

/** What a refund answers by its plan. */
export function plannedRefund(plan: RefundPlan, reference: string, amount: Money): RefundResult {
  const processorRef = `sr_${reference}`;
  if (plan === 'pending') return { status: 'pending', processorRef };
  if (plan === 'fail') return { status: 'failed', processorRef, code: 'refused', message: 'refused' };
  return { status: 'succeeded', processorRef, refunded: amount };
}
