/** The branches of the purchase of which a history is kept. */
export const STORY_NAMES = [
  'still-payable',
  'still-at-the-processor',
  'direct',
  'direct-with-a-grant-outside',
  'redirect-reported',
  'redirect-looked-up',
  'declined-then-paid',
  'expired',
  'expired-with-an-open-attempt',
  'late-money-from-the-record',
  'unknown-then-resolved',
  'held-then-accepted',
  'grant-still-parked',
  'grant-parked-then-retried',
  'refunded-in-full',
  'refund-pending-then-reported',
  'closed-after-its-refund-window',
  'sold-out',
  'set-aside-then-declined-then-paid',
  'set-aside-then-expired',
  'not-let-go-then-waived',
  'authorized-then-captured',
  'authorized-and-not-captured',
  'refused-for-good-then-paid',
] as const;

export type StoryName = (typeof STORY_NAMES)[number];
