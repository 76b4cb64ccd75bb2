import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { NOON, after, anInboxEntry } from '../../../../test/store/samples.js';
import type { InboxEntry, InboxStore } from '../ports/inbox-store.js';
import type { LeaseStore } from '../ports/lease-store.js';

let open: OpenStores;
let leases: LeaseStore;
let inbox: InboxStore;

beforeAll(async () => {
  open = await openStores('leases and inbox');
  ({ leases, inbox } = open.stores);
});

afterAll(() => open.close());

describe('a lease', () => {
  const hold = (name: string, holder: string, now = NOON) =>
    leases.hold({ name, holder, now, until: new Date(now.getTime() + 10_000) });

  it('is held by one of 20 at once', async () => {
    const held = await together(20, (index) => hold('new', `worker-${index}`));
    expect(held.filter(Boolean)).toHaveLength(1);
  });

  it('is prolonged by its holder and refused to others until it is over', async () => {
    expect(await hold('sweep', 'a')).toBe(true);
    expect(await hold('sweep', 'a', after(8))).toBe(true);
    expect(await hold('sweep', 'b', after(17))).toBe(false);
    expect(await hold('sweep', 'b', after(18))).toBe(true);
    expect(await hold('sweep', 'a', after(19))).toBe(false);
  });

  it('that is over is taken by one of 20 at once', async () => {
    await hold('over', 'gone');
    const held = await together(20, (index) => hold('over', `worker-${index}`, after(60)));
    expect(held.filter(Boolean)).toHaveLength(1);
  });

  it('is released by its holder only', async () => {
    await hold('released', 'a');
    await leases.release({ name: 'released', holder: 'b' });
    expect(await hold('released', 'b')).toBe(false);
    await leases.release({ name: 'released', holder: 'a' });
    expect(await hold('released', 'b')).toBe(true);
  });
});

describe('the inbox', () => {
  const captured = { amount: 3998, currency: 'EUR' } as const;
  const results = [
    { status: 'succeeded', processorRef: 'pi', captured, card: { last4: '4242' }, method: 'card' },
    { status: 'authorized', processorRef: 'pi', authorized: captured },
    { status: 'requires_action', processorRef: 'pi', action: { type: 'redirect', url: 'https://x.example' } },
    { status: 'failed', declineCode: 'CARD_DECLINED', message: 'no' },
    { status: 'cancelled', processorRef: 'pi' },
  ] as const;
  const events: readonly InboxEntry['event'][] = [
    ...results.map((result) => ({ id: 'e', kind: 'payment', reference: 'att_1', result }) as const),
    {
      id: 'e',
      kind: 'refund',
      reference: 'ref_1',
      result: { status: 'succeeded', processorRef: 're', refunded: captured },
    },
    { id: 'e', kind: 'refund', reference: 'ref_1', result: { status: 'failed', code: 'closed', message: 'no' } },
    { id: 'e', kind: 'ignored', type: 'customer.updated' },
  ];

  it('gives back every kind of report as it came', async () => {
    for (const event of events) {
      const entry = await inbox.ensure(anInboxEntry({ event }));
      expect(await inbox.find(entry.id)).toEqual(entry);
    }
  });

  it('keeps the first of 20 repetitions', async () => {
    const kept = await together(20, () => inbox.ensure(anInboxEntry({ eventId: 'pe_same' })));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
  });

  it('knows the same event id of another account or processor as another event', async () => {
    const entry = await inbox.ensure(anInboxEntry());
    for (const other of [{ account: 'acct_2' }, { processor: 'other' }]) {
      const another = anInboxEntry({ eventId: entry.eventId, ...other });
      expect((await inbox.ensure(another)).id).toBe(another.id);
    }
  });

  it('lists what was not routed for too long, the least tried first, then the oldest', async () => {
    const at = (seconds: number) => ({ receivedAt: after(seconds) });
    const [second, first] = [await inbox.ensure(anInboxEntry(at(-500))), await inbox.ensure(anInboxEntry(at(-600)))];
    const [stranger, routed] = [await inbox.ensure(anInboxEntry(at(-800))), await inbox.ensure(anInboxEntry(at(-700)))];
    await inbox.markRouted({ id: routed.id, payment: 'pay_1', at: NOON });
    await together(5, () => inbox.countTry(stranger.id));
    const unrouted = await inbox.listUnrouted({ before: after(-400), limit: 10 });
    expect(unrouted).toEqual([first, second, { ...stranger, tries: 5 }]);
  });

  it('is routed once: a later word changes nothing', async () => {
    const { id } = await inbox.ensure(anInboxEntry());
    await inbox.markRouted({ id, payment: 'pay_1', at: after(1) });
    await inbox.markRouted({ id, payment: null, at: after(2) });
    expect(await inbox.find(id)).toMatchObject({ payment: 'pay_1', routedAt: after(1) });
  });
});
