import type { DeclineCode } from '@payonce/plugin-sdk';
import { cardNetwork } from './card-number.js';
import type { Card, Outcome } from './payment.js';
import type { RefundConduct } from './refund.js';

/** What a card does when it is charged, and how its refunds go. */
export interface CardBehavior {
  readonly charge:
    | { readonly kind: 'succeed'; readonly answerLost?: true }
    | { readonly kind: 'decline'; readonly code: DeclineCode }
    | { readonly kind: 'challenge' }
    | { readonly kind: 'process'; readonly settlesTo: Outcome };
  readonly refunds: RefundConduct;
}

/** A card of the sandbox: typed on the card page by its number, charged directly by its token. */
export interface TestCard {
  readonly number: string;
  readonly token: string;
  /** What it does, in the words of the card page. */
  readonly does: string;
  readonly behavior: CardBehavior;
  readonly issuingCountry?: string;
}

const succeed: CardBehavior = { charge: { kind: 'succeed' }, refunds: 'at_once' };
const decline = (code: DeclineCode): CardBehavior => ({ charge: { kind: 'decline', code }, refunds: 'at_once' });
const process = (settlesTo: Outcome): CardBehavior => ({ charge: { kind: 'process', settlesTo }, refunds: 'at_once' });

export const TEST_CARDS: readonly TestCard[] = [
  { number: '4242424242424242', token: 'pm_card_visa', does: 'succeeds', behavior: succeed },
  { number: '5555555555554444', token: 'pm_card_mastercard', does: 'succeeds', behavior: succeed },
  {
    number: '4576238912771450',
    token: 'pm_card_visa_in',
    does: 'succeeds, issued in India',
    behavior: succeed,
    issuingCountry: 'IN',
  },
  { number: '4000000000000002', token: 'pm_card_declined', does: 'is declined', behavior: decline('CARD_DECLINED') },
  {
    number: '4000000000009995',
    token: 'pm_card_insufficient_funds',
    does: 'is declined for insufficient funds',
    behavior: decline('INSUFFICIENT_FUNDS'),
  },
  {
    number: '4000000000003220',
    token: 'pm_card_3ds',
    does: 'asks for 3-D Secure',
    behavior: { charge: { kind: 'challenge' }, refunds: 'at_once' },
  },
  {
    number: '4000000000000077',
    token: 'pm_card_processing',
    does: 'stays processing, then succeeds',
    behavior: process('succeeded'),
  },
  {
    number: '4000000000000119',
    token: 'pm_card_processing_failed',
    does: 'stays processing, then fails',
    behavior: process('failed'),
  },
  {
    number: '4000000000000259',
    token: 'pm_card_answer_lost',
    does: 'is charged, but the answer is lost',
    behavior: { charge: { kind: 'succeed', answerLost: true }, refunds: 'at_once' },
  },
  {
    number: '4000000000007726',
    token: 'pm_card_refund_pending',
    does: 'succeeds; its refunds are pending, then succeed',
    behavior: { charge: { kind: 'succeed' }, refunds: 'later' },
  },
  {
    number: '4000000000005126',
    token: 'pm_card_refund_failed',
    does: 'succeeds; its refunds are pending, then fail',
    behavior: { charge: { kind: 'succeed' }, refunds: 'fails' },
  },
];

/** A card as it is charged: what may be kept of it, and what it does. */
export interface ChargeableCard {
  readonly card: Card;
  readonly behavior: CardBehavior;
}

/** The card behind a token; undefined when there is none. */
export function cardByToken(token: string, at: Date): ChargeableCard | undefined {
  const found = TEST_CARDS.find((candidate) => candidate.token === token);
  if (found === undefined) return undefined;
  return cardByNumber({ number: found.number, expMonth: 12, expYear: at.getUTCFullYear() + 5 });
}

/** The card of a number that passed its checks. A number that is no test card is declined. */
export function cardByNumber(typed: { number: string; expMonth: number; expYear: number }): ChargeableCard {
  const found = TEST_CARDS.find(({ number }) => number === typed.number);
  return {
    card: {
      last4: typed.number.slice(-4),
      network: cardNetwork(typed.number),
      type: 'credit',
      expMonth: typed.expMonth,
      expYear: typed.expYear,
      issuingCountry: found?.issuingCountry ?? 'US',
    },
    behavior: found?.behavior ?? decline('CARD_DECLINED'),
  };
}
