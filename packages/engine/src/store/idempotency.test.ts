import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { NOON, OTHER_BUSINESS, OTHER_MODE, aClaim, after } from '../../../../test/store/samples.js';
import type { IdempotencyClaim, IdempotencyStore } from '../ports/idempotency-store.js';

let open: OpenStores;
let claims: IdempotencyStore;

beforeAll(async () => {
  open = await openStores('idempotency');
  claims = open.stores.idempotency;
});

afterAll(() => open.close());

const ANSWER = { status: 200, body: '{"checkout_url":"https://pay.example/session/cks_1"}' };

describe('claiming a key', () => {
  it('is won by one of 50 at once, and the others see its ids', async () => {
    const ours = await together(50, async (index) => aClaim({ key: 'same', ids: { session: `cks_${index}` } }));
    const answers = await Promise.all(ours.map((claim) => claims.claim(claim)));
    expect(answers.filter(({ mine }) => mine)).toHaveLength(1);
    expect(new Set(answers.map(({ claim }) => claim.ids['session'])).size).toBe(1);
  });

  it('is apart for every business, mode, route and key', async () => {
    const claim = aClaim({ key: 'a","b' });
    const others = [
      OTHER_BUSINESS,
      OTHER_MODE,
      { route: 'POST /refunds' },
      { key: 'a' },
      { route: 'POST /checkouts","a', key: 'b' },
    ];
    for (const other of [{}, ...others])
      expect(await claims.claim({ ...claim, ...other })).toMatchObject({ mine: true });
  });

  it('answers an existing claim as it is, with the body that it was made with', async () => {
    const first = aClaim();
    await claims.claim(first);
    expect(await claims.claim({ ...first, bodyHash: 'hash-2', ids: {} })).toEqual({ claim: first, mine: false });
  });

  it('takes over a claim whose lease is over, with the ids that it minted: one of 20 does', async () => {
    const first = aClaim();
    await claims.claim(first);
    const later = { ...first, ids: { session: 'cks_new' }, createdAt: after(61) };
    const answers = await together(20, (index) => claims.claim({ ...later, leasedUntil: after(121 + index) }));
    const mine = answers.filter((answer) => answer.mine);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.claim.ids).toEqual(first.ids);
    expect((await claims.claim(first)).claim).toEqual(mine[0]?.claim);
  });

  it('leaves an abandoned claim to those who come with the same body', async () => {
    const first = aClaim();
    await claims.claim(first);
    const other = { ...first, bodyHash: 'hash-2', createdAt: after(61), leasedUntil: after(121) };
    expect(await claims.claim(other)).toEqual({ claim: first, mine: false });
  });

  it('never takes over what was answered', async () => {
    const first = aClaim();
    await claims.claim(first);
    await claims.answer({ ...first, answer: ANSWER });
    const later = { ...first, createdAt: after(9999), leasedUntil: after(10_059) };
    expect(await claims.claim(later)).toEqual({ claim: { ...first, answer: ANSWER }, mine: false });
  });
});

describe('an answer', () => {
  it('is given once: the first stays', async () => {
    const claim = aClaim();
    await claims.claim(claim);
    await together(10, (index) => claims.answer({ ...claim, answer: { status: 200 + index, body: String(index) } }));
    const { claim: stored } = await claims.claim(claim);
    expect(String((stored.answer?.status ?? 0) - 200)).toBe(stored.answer?.body);
  });

  it('keeps its key from being given up', async () => {
    const claim = aClaim();
    await claims.claim(claim);
    await claims.answer({ ...claim, answer: ANSWER });
    await claims.release(claim);
    expect(await claims.claim(claim)).toMatchObject({ mine: false });
  });

  it('that was never made lets the key be given up', async () => {
    const claim = aClaim();
    await claims.claim(claim);
    await claims.release(claim);
    expect(await claims.claim(claim)).toEqual({ claim, mine: true });
  });
});

describe('taking a lost answer', () => {
  const made = async (fields: Partial<IdempotencyClaim>): Promise<IdempotencyClaim> => {
    const claim = aClaim({ key: `auto:${Math.random()}`, bodyHash: 'lost', ...fields });
    await claims.claim(claim);
    return claim;
  };
  const answered = async (fields: Partial<IdempotencyClaim>): Promise<IdempotencyClaim> => {
    const claim = await made(fields);
    await claims.answer({ ...claim, answer: ANSWER });
    return claim;
  };
  const lost = async (fields: Partial<IdempotencyClaim>): Promise<IdempotencyClaim> => {
    const claim = await answered(fields);
    await claims.markHungUp(claim);
    return claim;
  };
  const take = (fields: object = {}) => {
    const { business, mode, route } = aClaim();
    return claims.takeLost({ business, mode, route, bodyHash: 'lost', since: NOON, now: NOON, ...fields });
  };
  const taken = async () => {
    const found = await take();
    return found?.found === 'answered' ? found.claim : undefined;
  };

  it('gives the newest, each once, to one of 10 at once', async () => {
    const [older, newer] = [await lost({}), await lost({ createdAt: after(5) })];
    expect((await taken())?.key).toBe(newer.key);
    const all = await together(10, () => taken());
    expect(all.filter(Boolean).map((claim) => claim?.key)).toEqual([older.key]);
    expect(all.find(Boolean)?.answer).toEqual(ANSWER);
  });

  it('gives nothing that was flushed, has a key of its own, is old or of another route, body, business or mode', async () => {
    await claims.markFlushed(await lost({}));
    await lost({ key: 'a-caller-chose-it' });
    await lost({ createdAt: after(-1) });
    expect(await take()).toBeUndefined();
    await lost({});
    for (const other of [{ route: 'POST /refunds' }, { bodyHash: 'x' }, OTHER_BUSINESS, OTHER_MODE]) {
      expect(await take(other)).toBeUndefined();
    }
    expect(await taken()).toBeDefined();
  });

  it('tells of a request that still runs, and whether its caller is gone', async () => {
    const claim = await made({});
    expect(await take()).toEqual({ found: 'running', hungUp: false });
    await claims.markHungUp(claim);
    expect(await take()).toEqual({ found: 'running', hungUp: true });
    await claims.answer({ ...claim, answer: ANSWER });
    expect((await taken())?.key).toBe(claim.key);
  });

  it('leaves an answer to the caller who waits for it, unless its process is gone', async () => {
    const claim = await answered({});
    expect(await take()).toEqual({ found: 'running', hungUp: false });
    expect(await take({ now: new Date(claim.leasedUntil.getTime()) })).toMatchObject({ found: 'answered' });
    await made({});
    expect(await take({ now: new Date(claim.leasedUntil.getTime()) })).toBeUndefined();
  });
});
