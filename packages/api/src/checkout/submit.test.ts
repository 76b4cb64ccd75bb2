import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ids, systemClock } from '@payonce/engine/adapters';
import type { AttemptId, AttemptRequest, Session } from '@payonce/engine/domain';
import { openShop } from '../../../../test/support/shop.js';
import type { Shop } from '../../../../test/support/shop.js';
import { submitAttempt } from './submit.js';
import type { SubmitAnswer, SubmitDeps } from './submit.js';

let shop: Shop;
let session: Session;

beforeAll(async () => {
  shop = await openShop('submit attempt');
  session = { ...(await shop.newSession()), startedAt: new Date() };
});

afterAll(() => shop.close());

const request: AttemptRequest = {
  customer: { id: 'cus_AAAAAAAAAAAAAAAAAAAAA', email: 'ada@example.com', name: 'Ada', phone: null },
  billing: { country: 'DE', state: null, city: null, street: null, zipcode: null },
  taxId: null,
  customerBusinessName: null,
  shownTotal: 1000,
  currency: 'EUR',
  paymentMethod: null,
};

/** The door to a purchase service that behaves as told, and what went through it. */
function door(answers: readonly (() => Promise<SubmitAnswer>)[]) {
  const submitted: AttemptId[] = [];
  const started: string[] = [];
  const client: SubmitDeps['client'] = {
    async start({ id }) {
      started.push(id);
    },
    async submit({ attempt }) {
      submitted.push(attempt);
      return (answers[submitted.length - 1] ?? answers.at(-1) ?? (async () => ({ status: 'processing' }) as const))();
    },
  };
  return { client, submitted, started };
}

const says = (answer: SubmitAnswer) => async () => answer;
const press = (
  client: SubmitDeps['client'],
  part: Partial<Parameters<typeof submitAttempt>[1]> & { waitMs?: number } = {},
) => {
  const { waitMs, ...submission } = part;
  const deps = { stores: shop.stores, client, ids, clock: systemClock, ...(waitMs === undefined ? {} : { waitMs }) };
  return submitAttempt(deps, { session, request, attempt: ids.mint('att'), ...submission });
};

describe('one press of Pay', () => {
  it('is stored before it is submitted, and answers what came of it', async () => {
    const { client, submitted } = door([says({ status: 'failed', code: 'CARD_DECLINED' })]);
    const answer = await press(client);
    expect(answer).toEqual({ status: 'failed', code: 'CARD_DECLINED', attempt: submitted[0] });
    expect(await shop.stores.attempts.find(answer.attempt)).toMatchObject({
      request,
      session: session.id,
      payment: session.payment,
      voidedAt: null,
    });
  });

  it('gets an id when it has none', async () => {
    const { client } = door([says({ status: 'succeeded' })]);
    const { stores } = shop;
    const answer = await submitAttempt({ stores, client, ids, clock: systemClock }, { session, request });
    expect(await stores.attempts.find(answer.attempt)).toBeDefined();
  });

  it('is one attempt however often, and however close together, it comes', async () => {
    const { client, submitted } = door([says({ status: 'succeeded' })]);
    const attempt = ids.mint('att');
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(client, { attempt })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(new Set(submitted)).toEqual(new Set([attempt]));
  });

  it('never submits other content under an id that is taken', async () => {
    const { client, submitted } = door([says({ status: 'processing' })]);
    const attempt = ids.mint('att');
    await press(client, { attempt });
    const other = await press(client, { attempt, request: { ...request, shownTotal: 1 } });
    expect(other).toEqual({ status: 'refused', reason: 'previous_payment_pending', attempt });
    expect(submitted).toHaveLength(1);
    expect(await shop.stores.attempts.find(attempt)).toMatchObject({ request: { shownTotal: 1000 }, voidedAt: null });
  });
});

describe('a purchase service that does not answer', () => {
  it('leaves the press processing when it cannot be reached', async () => {
    const unreachable = door([() => Promise.reject(new Error('14 UNAVAILABLE'))]);
    const answer = await press(unreachable.client);
    expect(answer.status).toBe('processing');
    expect(await shop.stores.attempts.find(answer.attempt)).toMatchObject({ voidedAt: null });
  });

  it('leaves the press processing when it hangs', async () => {
    const { client } = door([() => new Promise(() => undefined)]);
    const before = performance.now();
    expect((await press(client, { waitMs: 200 })).status).toBe('processing');
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe('a refused press', () => {
  it('is voided, so that nothing submits it again', async () => {
    const { client } = door([says({ status: 'refused', reason: 'too_many_attempts' })]);
    const answer = await press(client);
    expect(answer).toMatchObject({ status: 'refused', reason: 'too_many_attempts' });
    expect((await shop.stores.attempts.find(answer.attempt))?.voidedAt).toBeInstanceOf(Date);
  });

  it('counts as cancelled when a purchase had taken it', async () => {
    const attempt = ids.mint('att');
    const taken = async (): Promise<SubmitAnswer> => {
      await shop.stores.attempts.markAccepted({ id: attempt, at: new Date() });
      return { status: 'refused', reason: 'amount_changed' };
    };
    await press(door([taken]).client, { attempt });
    expect(await shop.stores.attempts.find(attempt)).toMatchObject({
      voidedAt: null,
      outcome: { status: 'cancelled', captured: null },
    });
  });

  it('starts the purchase first when its start was lost', async () => {
    const { client, started, submitted } = door([
      says({ status: 'refused', reason: 'expired' }),
      says({ status: 'succeeded' }),
    ]);
    const unstarted = { ...session, startedAt: null };
    expect((await press(client, { session: unstarted })).status).toBe('succeeded');
    expect({ started, submitted: submitted.length }).toEqual({ started: [session.id], submitted: 2 });
  });

  it('stays refused when the session is really over', async () => {
    const { client, started } = door([says({ status: 'refused', reason: 'expired' })]);
    const over = { ...session, startedAt: null, expiresAt: new Date(0) };
    expect((await press(client, { session: over })).status).toBe('refused');
    expect(started).toEqual([]);
  });
});
