import { describe, expect, it } from '@jest/globals';
import type { PluginHost, PluginStore } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { again, call, desk, openOffice, shakyHost, ticketFor } from './testing/box-office.js';

const buyers = (count: number, capacity: number | null, name = 'b') =>
  Array.from({ length: count }, (_, index) => ticketFor(`${name}${index}`, capacity));

/** A door that opens once. */
function gate() {
  const door = { resolve: (): void => undefined };
  const promise = new Promise<void>((resolve) => {
    door.resolve = resolve;
  });
  return { promise, resolve: () => door.resolve() };
}

describe('seats', () => {
  it('are set aside once per grant, sold once, and free again after a release or a revocation', async () => {
    const { reserve, release, revoke, buy, counted } = desk(openOffice(memoryHost()));
    const [ada, bob] = [ticketFor('ada', 1), ticketFor('bob', 1)];
    expect([await reserve(ada), await reserve(ada), await reserve(bob)]).toEqual(['reserved', 'reserved', 'sold_out']);
    await release(ada);
    await release(ada);
    expect(await reserve(bob)).toBe('reserved');
    expect(await buy(bob)).toBe(await buy(bob));
    expect(await counted()).toEqual({ event: 'pdt_workshop', capacity: 1, sold: 1, held: 0, left: 0 });
    await revoke(bob);
    await revoke(bob);
    expect(await counted()).toMatchObject({ sold: 0, held: 0, left: 1 });
    expect(await reserve(ada)).toBe('reserved');
  });

  it('that are sold are not freed by a release that comes late', async () => {
    const { release, buy, counted } = desk(openOffice(memoryHost()));
    await buy(ticketFor('ada', 5));
    await release(ticketFor('ada', 5));
    expect(await counted()).toMatchObject({ sold: 1, left: 4 });
  });

  it('are neither reserved nor sold for a grant that has ended', async () => {
    const office = openOffice(memoryHost());
    const { revoke, buy, counted } = desk(office);
    const ada = ticketFor('ada', 5);
    await revoke(ada);
    await expect(buy(ada)).rejects.toMatchObject({ code: 'ticket_revoked' });
    await expect(office.reserve?.({ ...call('k'), grant: ada })).rejects.toMatchObject({ code: 'ticket_revoked' });
    expect(await counted()).toMatchObject({ sold: 0, held: 0 });
  });

  it('that were not reserved are sold while there are any, and then refused for good', async () => {
    const { buy } = desk(openOffice(memoryHost()));
    await buy(ticketFor('ada', 1));
    await expect(buy(ticketFor('bob', 1))).rejects.toMatchObject({ code: 'sold_out', name: 'PermanentError' });
  });

  it('are shared by products that name the same event, each with its own capacity', async () => {
    const { reserve, counted } = desk(openOffice(memoryHost()));
    const early = (id: string) => ({ ...ticketFor(id, 2, { event: 'summer' }), product: 'pdt_early' });
    const regular = (id: string) => ({ ...ticketFor(id, 3, { event: 'summer' }), product: 'pdt_regular' });
    expect([await reserve(early('a')), await reserve(regular('b'))]).toEqual(['reserved', 'reserved']);
    expect([await reserve(early('c')), await reserve(regular('d'))]).toEqual(['sold_out', 'reserved']);
    expect([await reserve(regular('e')), await reserve(ticketFor('f', null, { event: 'summer' }))]).toEqual([
      'sold_out',
      'reserved',
    ]);
    expect(await counted('summer')).toMatchObject({ held: 4, capacity: null });
    expect(await counted()).toBe('unknown_event');
  });

  it('that are sold stay sold when the capacity is lowered', async () => {
    const { buy, reserve, counted } = desk(openOffice(memoryHost()));
    const codes = await Promise.all(buyers(5, 5).map(buy));
    expect(await reserve(ticketFor('late', 3))).toBe('sold_out');
    expect(await Promise.all(buyers(5, 3).map(buy))).toEqual(codes);
    expect(await counted()).toMatchObject({ sold: 5 });
  });

  it('are not decided on after the deadline', async () => {
    const office = openOffice(memoryHost());
    const asked = office.reserve?.({ ...call('k', AbortSignal.abort()), grant: ticketFor('ada', 1) });
    await expect(asked).rejects.toMatchObject({ code: 'deadline_over' });
    expect(await desk(office).reserve(ticketFor('bob', 1))).toBe('reserved');
  });
});

describe('a hundred buyers at once', () => {
  it.each([1, 10, 99, 100])('of %i seats get exactly as many', async (capacity) => {
    const host = shakyHost(memoryHost(), { breaks: 0 });
    const offices = [desk(openOffice(host)), desk(openOffice(host)), desk(openOffice(host))] as const;
    const outcomes = await Promise.all(
      buyers(100, capacity).map((grant, index) =>
        offices[index % 3 === 0 ? 0 : index % 3 === 1 ? 1 : 2].reserve(grant),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(capacity);
    expect(await offices[0].counted()).toMatchObject({ held: capacity, left: 0 });
  });

  it('of one process cost a handful of changes of the ledger', async () => {
    const host = memoryHost();
    const changes: string[] = [];
    const store = host.store({ business: 'bus_1', mode: 'test' });
    const watched = {
      ...store,
      replace: (entry: Parameters<typeof store.replace>[0]) => (changes.push(entry.key), store.replace(entry)),
    };
    const { reserve } = desk(openOffice({ store: () => watched }));
    await Promise.all(buyers(100, 100_000).map(reserve));
    expect(changes.filter((key) => key.startsWith('event/')).length).toBeLessThan(6);
  });
});

it('loses and leaks no seat although processes break off in the middle of everything', async () => {
  const calm = memoryHost();
  const offices = Array.from({ length: 3 }, () => desk(openOffice(shakyHost(calm, { breaks: 0.15 }))));
  const live = async (index: number): Promise<'kept' | 'none'> => {
    const grant = ticketFor(`g${index}`, 8);
    const office = () => offices[Math.floor(Math.random() * offices.length)] ?? desk(openOffice(calm));
    const outcome = await again(() => office().reserve(grant));
    if (outcome !== 'reserved') return 'none';
    const fate = index % 3;
    if (fate === 0) await again(() => office().release(grant));
    else await Promise.all([again(() => office().buy(grant)), again(() => office().buy(grant))]);
    if (fate === 1) await again(() => office().revoke(grant));
    return fate === 2 ? 'kept' : 'none';
  };
  const fates = await Promise.all(Array.from({ length: 60 }, (_, index) => live(index)));
  const { counted, reserve } = desk(openOffice(calm));
  const kept = fates.filter((fate) => fate === 'kept').length;
  expect(await counted()).toMatchObject({ sold: kept, held: 0, left: 8 - kept });
  const late = await Promise.all(buyers(20, 8, 'late').map(reserve));
  expect(late.filter((outcome) => outcome === 'reserved')).toHaveLength(8 - kept);
});

it('takes no harm from a process that stood still in the middle of a reservation and goes on much later', async () => {
  const host = memoryHost();
  const held = gate();
  const stuck = gate();
  const slow: PluginHost = {
    store(scope) {
      const store = host.store(scope);
      const insert: PluginStore['insert'] = async (key, value) => {
        if (!key.startsWith('ticket/')) return store.insert(key, value);
        stuck.resolve();
        await held.promise;
        return store.insert(key, value);
      };
      return { ...store, insert };
    },
  };
  const ada = ticketFor('ada', 1);
  const late = desk(openOffice(slow)).reserve(ada);
  await stuck.promise;
  const { release, reserve, act } = desk(openOffice(host));
  await release(ada);
  expect(await reserve(ticketFor('bob', 1))).toBe('reserved');
  held.resolve();
  await late;
  expect(await act('attendees', { event: 'pdt_workshop' })).toMatchObject({
    answer: { items: [{ grant: 'entg_bob', state: 'held' }] },
  });
});
