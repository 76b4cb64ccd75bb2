import type { Session } from '@payonce/engine/domain';
import { eventually } from './eventually.js';
import { GRANT_STORIES } from './grant-stories.js';
import { SUCCEEDED, refundIs } from './purchase-steps.js';
import { isSettled, workflowOf } from './running-shop.js';
import { SEAT_STORIES } from './seat-stories.js';
import type { StoryName } from './story-names.js';
import type { Stage, Story } from './story-stage.js';

/** One purchase per branch of the workflow, by what happened to it; each answers the session whose newest run shows the branch. */
export const STORIES: Readonly<Record<StoryName, Story>> = {
  'still-payable': ({ shop }) => shop.open(),
  'still-at-the-processor': async ({ at }) => (await at.redirected()).session,
  direct: ({ at }) => at.settled(),
  'direct-with-a-grant-outside': ({ at }) => at.settled({ quantity: 2, providers: ['goods', 'goods-outside'] }),
  'redirect-reported': async ({ shop, at }) => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'succeeded');
    await at.report(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
    return session;
  },
  'redirect-looked-up': async ({ shop, at }) => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'succeeded');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, isSettled);
    return session;
  },
  'declined-then-paid': async ({ shop }) => {
    shop.processor.charges.push('decline');
    const session = await shop.open();
    await shop.pay(session);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  },
  expired: async ({ shop }) => {
    const session = await shop.open({ ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    return session;
  },
  'expired-with-an-open-attempt': async ({ shop, at }) => {
    const { session } = await at.redirected({ ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    return session;
  },
  'late-money-from-the-record': async ({ shop, at }) => {
    const { session, attempt } = await at.redirected({ ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    shop.processor.settle(attempt, 'succeeded');
    await at.reportLate(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
    return session;
  },
  'unknown-then-resolved': async ({ shop, at, environment }) => {
    const session = await shop.open();
    shop.processor.down = true;
    const attempt = await shop.newAttempt(session);
    const pressed = shop.client.submit({ ...session, session: session.id, attempt });
    await environment.sleep('10 minutes');
    await pressed;
    const open = await at.untilCase(session, 'unknown');
    shop.processor.down = false;
    const decision = { case: open.id, action: 'markPaid', evidence: 'statement 7', actor: 'tester' } as const;
    await shop.client.resolve({ session: session.id, resolution: decision });
    await shop.until(session, isSettled);
    return session;
  },
  'held-then-accepted': async ({ shop, at }) => {
    shop.processor.charges.push('short');
    const session = await shop.open();
    await shop.pay(session);
    await at.untilCase(session, 'mismatch');
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'mismatch', action: 'accept', actor: 'tester' },
    });
    await shop.until(session, isSettled);
    return session;
  },
  ...GRANT_STORIES,
  'refunded-in-full': async ({ shop, at }) => {
    const session = await at.settled();
    const refund = await at.refund(session);
    await shop.until(session, refundIs(refund, 'succeeded'));
    await revoked({ at, session });
    return session;
  },
  'refund-pending-then-reported': async ({ shop, at, environment }) => {
    shop.processor.refunds.push('pending');
    const session = await at.settled();
    const refund = await at.refund(session);
    await environment.sleep('10 seconds');
    await at.reportRefund(session, refund, 'succeeded');
    await shop.until(session, refundIs(refund, 'succeeded'));
    await revoked({ at, session });
    return session;
  },
  'closed-after-its-refund-window': async ({ shop, at }) => {
    const session = await at.settled();
    await workflowOf(shop, session).result();
    return session;
  },
  ...SEAT_STORIES,
  'authorized-then-captured': async ({ shop, at }) => {
    shop.processor.charges.push('authorize');
    return at.settled();
  },
  'authorized-and-not-captured': async ({ shop, at }) => {
    shop.processor.charges.push('authorize');
    shop.processor.captures.push('refuse');
    const session = await shop.open();
    await shop.pay(session);
    await at.untilCase(session, 'unknown');
    return session;
  },
  'refused-for-good-then-paid': async ({ shop }) => {
    shop.processor.charges.push('key_refused');
    const session = await shop.open();
    await shop.pay(session);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  },
};

const revoked = ({ at, session }: Pick<Stage, 'at'> & { readonly session: Session }) =>
  eventually(
    () => at.grantsOf(session),
    (grants) => grants.every(({ status }) => status === 'revoked'),
  );
