import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { CAPTURED, NOON, aQuote, aSession, after, anAttempt, anOutcome } from '../../../../test/store/samples.js';
import type { Attempt, AttemptOutcome } from '../domain/attempt.js';
import type { Session } from '../domain/session.js';
import type { AttemptStore, SessionStore } from '../ports/session-store.js';

let open: OpenStores;
let sessions: SessionStore;
let attempts: AttemptStore;

beforeAll(async () => {
  open = await openStores('attempts');
  ({ sessions, attempts } = open.stores);
});

afterAll(() => open.close());

const session = async (fields: Partial<Session> = {}): Promise<Session> => {
  const made = aSession(fields);
  await sessions.insert(made);
  return made;
};

const attempt = async (fields: Partial<Attempt> = {}): Promise<Attempt> => {
  const made = anAttempt(fields);
  await attempts.insert(made);
  return made;
};

describe('a session', () => {
  it('comes back as it was stored, with whatever keys a plugin chose for its settings', async () => {
    const made = await session();
    expect(await sessions.find(made.id)).toEqual(made);
    expect(await sessions.findScoped(made)).toEqual(made);
  });

  it('stays as it is when the same id is added again', async () => {
    const made = await session();
    await sessions.insert({ ...made, confirm: true });
    expect(await sessions.find(made.id)).toEqual(made);
  });

  it('shares its payment with no other session', async () => {
    const { payment } = await session();
    await expect(sessions.insert(aSession({ payment }))).rejects.toThrow(/duplicate/i);
  });

  it('is started once: the first time stays', async () => {
    const { id } = await session();
    await sessions.markStarted({ id, at: after(1) });
    await sessions.markStarted({ id, at: after(2) });
    expect((await sessions.find(id))?.startedAt).toEqual(after(1));
  });

  it('is swept while it was never started, is old enough and not over', async () => {
    const mine = { createdAt: after(-900), expiresAt: after(900) };
    const [older, newer] = [await session({ ...mine, createdAt: after(-1000) }), await session(mine)];
    await session({ ...mine, startedAt: after(-800) });
    await session({ ...mine, expiresAt: NOON });
    await session({ ...mine, createdAt: after(-10) });
    const found = await sessions.listUnstarted({ before: after(-60), now: NOON, limit: 10 });
    expect(found.map(({ id }) => id)).toEqual([older.id, newer.id]);
    expect(await sessions.listUnstarted({ before: after(-60), now: NOON, limit: 1 })).toHaveLength(1);
  });
});

describe('an attempt', () => {
  it('comes back as it was stored and stays so when it is added again', async () => {
    const made = await attempt({ outcome: CAPTURED, frozen: { quote: aQuote(), idempotencyKey: 'k', at: NOON } });
    await attempts.insert({ ...made, sentAt: NOON });
    expect(await attempts.find(made.id)).toEqual(made);
  });

  it('is listed with the others of its payment, oldest first', async () => {
    const second = await attempt({ payment: 'pay_list', createdAt: after(1) });
    const first = await attempt({ payment: 'pay_list' });
    expect((await attempts.list({ payment: 'pay_list' })).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('is frozen once: 20 freezes at once answer the same quote and key', async () => {
    const { id } = await attempt();
    const answers = await together(20, (index) =>
      attempts.freeze({ id, quote: aQuote(4000 + index), idempotencyKey: `key-${index}`, at: after(index) }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await attempts.find(id))?.frozen).toEqual(answers[0]);
  });

  it('keeps the first time that it was sent', async () => {
    const { id } = await attempt();
    await attempts.markSent({ id, at: after(1) });
    await attempts.markSent({ id, at: after(2) });
    expect((await attempts.find(id))?.sentAt).toEqual(after(1));
  });

  it('that does not exist cannot be sent, frozen or accepted in silence', async () => {
    const missing = { id: 'att_nobody', at: NOON } as const;
    await expect(attempts.markSent(missing)).rejects.toThrow('attempts has no document att_nobody');
    await expect(attempts.markAccepted(missing)).rejects.toThrow('att_nobody');
    await expect(attempts.freeze({ ...missing, quote: aQuote(), idempotencyKey: 'k' })).rejects.toThrow('att_nobody');
    await expect(attempts.recordOutcome({ id: 'att_nobody', outcome: CAPTURED })).rejects.toThrow('att_nobody');
  });

  it('keeps why goods ran out, and what its buyer last came back with, whatever the names', async () => {
    const { id } = await attempt();
    await attempts.markSoldOut({ id, reason: 'The last seat is gone.' });
    await attempts.markReturned({ id, query: { token: 'one' } });
    await attempts.markReturned({ id, query: { 'a.b': '1', $set: '2', __proto: '3' } });
    expect(await attempts.find(id)).toMatchObject({
      soldOut: 'The last seat is gone.',
      returned: { 'a.b': '1', $set: '2', __proto: '3' },
    });
  });

  it('keeps what was authorized, and whose fault a failure was', async () => {
    const { id } = await attempt();
    const authorized = anOutcome({ status: 'authorized', authorized: { amount: 3998, currency: 'EUR' } });
    expect(await attempts.recordOutcome({ id, outcome: authorized })).toEqual(authorized);
    const failed = anOutcome({
      status: 'failed',
      error: { code: 'INVALID_REQUEST', message: 'refused' },
      fault: 'key_invalid',
      at: after(1),
    });
    expect(await attempts.recordOutcome({ id, outcome: failed })).toEqual(failed);
  });

  it('is not voided once a workflow accepted it', async () => {
    const { id } = await attempt();
    await attempts.markAccepted({ id, at: after(1) });
    await attempts.void({ id, at: after(2) });
    expect(await attempts.find(id)).toMatchObject({ acceptedAt: after(1), voidedAt: null });
  });

  it('is swept while nobody accepted or voided it', async () => {
    const old = { createdAt: after(-5000) };
    const [waiting, accepted, voided] = [await attempt(old), await attempt(old), await attempt(old)];
    await attempts.markAccepted({ id: accepted.id, at: NOON });
    await attempts.void({ id: voided.id, at: NOON });
    const found = await attempts.listUnaccepted({ before: after(-4000), limit: 10 });
    expect(found.map(({ id }) => id)).toEqual([waiting.id]);
  });
});

describe('what was learned about a charge', () => {
  const FAILED = anOutcome({ status: 'failed', error: { code: 'CARD_DECLINED', message: 'no' }, at: after(5) });
  const CANCELLED = anOutcome({ status: 'cancelled', at: after(5) });
  const later = (outcome: AttemptOutcome): AttemptOutcome => ({ ...outcome, at: after(60) });

  const recorded = async (...outcomes: readonly AttemptOutcome[]): Promise<AttemptOutcome | null | undefined> => {
    const { id } = await attempt();
    let answer: AttemptOutcome | undefined;
    for (const outcome of outcomes) answer = await attempts.recordOutcome({ id, outcome });
    const stored = (await attempts.find(id))?.outcome;
    expect(answer).toEqual(stored);
    return stored;
  };

  it('moves on while it is open', async () => {
    const waiting = anOutcome({ status: 'requires_action', action: { type: 'redirect', url: 'https://pay.example' } });
    expect(await recorded(waiting, later(anOutcome()))).toEqual(later(anOutcome()));
  });

  it('is not moved back by something that was learned earlier', async () => {
    expect(await recorded(later(anOutcome({ status: 'unknown' })), anOutcome())).toMatchObject({ status: 'unknown' });
  });

  it('stays failed or cancelled whatever open word comes after', async () => {
    for (const final of [FAILED, CANCELLED]) {
      for (const next of ['processing', 'unknown', 'requires_action', 'failed', 'cancelled'] as const) {
        expect(await recorded(final, later(anOutcome({ status: next })))).toEqual(final);
      }
    }
  });

  it('turns from failed or cancelled into succeeded when money moved after all', async () => {
    expect(await recorded(FAILED, CAPTURED)).toEqual(CAPTURED);
    expect(await recorded(CANCELLED, CAPTURED)).toEqual(CAPTURED);
  });

  it('never leaves succeeded, and keeps the amount that was recorded first', async () => {
    const more = later({ ...CAPTURED, captured: { amount: 1, currency: 'EUR' } });
    expect(await recorded(CAPTURED, later(FAILED), later(CANCELLED), later(anOutcome()), more)).toEqual(CAPTURED);
  });

  it('ends at succeeded when 20 reports race', async () => {
    const { id } = await attempt();
    const reports = [CAPTURED, FAILED, CANCELLED, anOutcome({ status: 'unknown' })];
    await together(20, (index) => attempts.recordOutcome({ id, outcome: reports[index % 4] ?? CAPTURED }));
    expect((await attempts.find(id))?.outcome).toEqual(CAPTURED);
  });
});
