import { expect, it } from '@jest/globals';
import { memoryHost, mortalHost } from '@payonce/plugin-sdk/testing';
import { desk, openOffice, ticketFor } from './testing/box-office.js';

/** Two seats: a and c buy, b lets go, a is refunded, d gets the seat. */
const LIVES = [
  ['reserve', 'a'],
  ['reserve', 'b'],
  ['reserve', 'c'],
  ['release', 'b'],
  ['reserve', 'c'],
  ['buy', 'a'],
  ['buy', 'c'],
  ['revoke', 'a'],
  ['reserve', 'd'],
  ['buy', 'd'],
] as const;
const CHANGES = 60;

/** Lives through all of it; the process dies once, somebody else comes by, and what broke off is asked again. Answers whether it died. */
async function liveThrough(changes: number, dies: 'before' | 'after') {
  const calm = memoryHost();
  const host = mortalHost({ host: calm, changes, dies });
  const after = desk(openOffice(calm));
  const bystander = ticketFor('z', 2);
  for (const [verb, buyer] of LIVES) {
    const grant = ticketFor(buyer, 2);
    const process = host.isDead() ? after : desk(openOffice(host));
    try {
      await process[verb](grant);
    } catch (thrown) {
      if (!host.isDead() || process === after) throw thrown;
      await after.reserve(bystander);
      await after.release(bystander);
      await after[verb](grant);
    }
  }
  return { died: host.isDead(), ...after };
}

it.each(['before', 'after'] as const)(
  'sells, frees and ends every seat once, %s whichever change a process dies',
  async (dies) => {
    let died = 0;
    for (let changes = 0; changes < CHANGES; changes += 1) {
      const office = await liveThrough(changes, dies);
      if (office.died) died += 1;
      expect(await office.counted()).toMatchObject({ sold: 2, held: 0, left: 0 });
      const listed = await office.act('attendees', { event: 'pdt_workshop' });
      const states = { entg_a: 'revoked', entg_c: 'valid', entg_d: 'valid' };
      const { items } = (listed.outcome === 'done' ? listed.answer : {}) as { items: Record<string, string>[] };
      expect(Object.fromEntries(items.map(({ grant, state }) => [grant, state]))).toEqual(states);
      const scanned = items.map(({ code = '' }) => office.act('check_in', { code }));
      expect((await Promise.all(scanned)).map(({ outcome }) => outcome)).toEqual(['refused', 'done', 'done']);
    }
    expect(died).toBeGreaterThan(15);
    expect(died).toBeLessThan(CHANGES);
  },
);

it.each(['before', 'after'] as const)(
  'admits nobody whose seat is free again, %s whichever change a process dies',
  async (dies) => {
    for (let changes = 0; changes < 4; changes += 1) {
      const host = memoryHost();
      const { buy, counted, act } = desk(openOffice(host));
      const code = await buy(ticketFor('a', 2));
      await desk(openOffice(mortalHost({ host, changes, dies })))
        .revoke(ticketFor('a', 2))
        .catch(() => undefined);
      const { outcome } = await act('check_in', { code });
      expect(await counted()).toMatchObject({ sold: outcome === 'done' ? 1 : 0 });
    }
  },
);
