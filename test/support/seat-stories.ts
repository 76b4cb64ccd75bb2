import { eventually } from './eventually.js';
import { isSettled, workflowOf } from './running-shop.js';
import type { StoryName } from './story-names.js';
import type { Stage, Story } from './story-stage.js';

/** Goods that can run out: set aside for an attempt, and let go when nothing comes of it. */
export const SEAT_STORIES = {
  'sold-out': async ({ shop }) => {
    shop.seats.capacity = 0;
    const session = await shop.open({ providers: ['seats'] });
    await shop.pay(session);
    await seatsFree(shop);
    return session;
  },
  'set-aside-then-declined-then-paid': async ({ shop }) => {
    shop.processor.charges.push('decline');
    const session = await shop.open({ providers: ['seats', 'goods'], quantity: 2 });
    await shop.pay(session);
    await seatsFree(shop);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  },
  'set-aside-then-expired': async ({ shop, at }) => {
    const { session } = await at.redirected({ providers: ['seats'], ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    return session;
  },
  'not-let-go-then-waived': async ({ shop, at, environment }) => {
    shop.seats.faults.release.push('permanent', 'permanent');
    const { session } = await at.redirected({ providers: ['seats'], ttlSeconds: 60 });
    await environment.sleep('130 seconds');
    await at.untilCase(session, 'goods');
    const decision = { case: 'goods', action: 'waive', actor: 'tester' } as const;
    await shop.client.resolve({ session: session.id, resolution: decision });
    await workflowOf(shop, session).result();
    return session;
  },
} satisfies Partial<Record<StoryName, Story>>;

const seatsFree = ({ seats }: Stage['shop']): Promise<number> =>
  eventually(
    async () => seats.taken.size,
    (taken) => taken === 0,
  );
