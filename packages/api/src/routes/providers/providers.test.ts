import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntitlementGrant, GrantId } from '@payonce/engine/domain';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { call } from '../../../../../test/support/api/calls.js';
import { ticket, ticketDesk } from '../../../../../test/support/ticket-desk.js';

const desk = ticketDesk();
let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api providers', plugins: [desk.plugin] });
});

afterAll(() => api.close());

beforeEach(() => {
  desk.asked.length = 0;
  api.purchases.calls.length = 0;
  api.purchases.down = false;
});

const HAND_OVER = '/fulfillment_providers/desk/actions/hand_over';

const act = (path: string, body: unknown, { key, idempotency }: { key?: string; idempotency?: string } = {}) =>
  call(api, {
    path,
    method: 'POST',
    ...(body !== undefined && { body }),
    ...(key !== undefined && { key }),
    ...(idempotency !== undefined && { headers: { 'idempotency-key': idempotency } }),
  });

/** A grant of the shop that the box office is to hand over, or one that differs. */
async function pendingGrant(change: Partial<EntitlementGrant> = {}): Promise<GrantId> {
  const { ids, stores, clock } = api.deps;
  const now = clock.now();
  const grant: EntitlementGrant = {
    id: ids.mint('entg'),
    business: api.shop.business,
    mode: 'test',
    payment: ids.mint('pay'),
    session: ids.mint('cks'),
    brand: ids.mint('brnd'),
    customer: { id: ids.mint('cus'), email: 'ann@example.com', name: 'Ann', phone: null },
    line: 'line_0',
    unit: 0,
    product: ids.mint('pdt'),
    productName: 'Concert',
    entitlement: ids.mint('ent'),
    provider: 'desk',
    reach: 'own_stores',
    settings: { event: 'Later' },
    status: 'pending',
    awaiting: 'the box office',
    delivered: null,
    licenseKey: null,
    error: null,
    revocationReason: null,
    metadata: {},
    createdAt: now,
    updatedAt: now,
    deliveredAt: null,
    revokedAt: null,
    ...change,
  };
  await stores.grants.ensure([grant]);
  return grant.id;
}

const stored = (id: GrantId) => api.deps.stores.grants.find(id);

describe('the lists of providers', () => {
  it('show what each hands over, its form and its actions', async () => {
    const { status, body } = await call(api, { path: '/fulfillment_providers' });
    expect(status).toBe(200);
    expect(body.items).toContainEqual({
      id: 'desk',
      display_name: 'Tickets',
      summary: 'A seat for one.',
      settings_schema: { type: 'object', title: 'Ticket' },
      actions: [
        {
          name: 'hand_over',
          description: 'Hands over tickets that were left for later.',
          input_schema: { type: 'object', properties: { grants: { type: 'array', title: 'Grants' } } },
        },
      ],
    });
    expect(body.items?.map(({ id }) => id)).toEqual(expect.arrayContaining(['files', 'license-keys', 'desk']));
  });

  it('show who takes money, and what else they can do', async () => {
    const { body } = await call(api, { path: '/processors' });
    expect(body.items).toContainEqual({
      id: 'bank',
      display_name: 'Bank transfer',
      currencies: ['EUR'],
      minimum_amount: { EUR: 100 },
      webhooks: false,
      payment_provider: 'dodo',
      actions: [{ name: 'note_transfer', description: 'Notes money that came.', input_schema: { type: 'object' } }],
    });
  });

  it.each(['/fulfillment_providers', '/processors'])('are for merchants: %s', async (path) => {
    expect((await call(api, { path, key: null })).status).toBe(401);
  });
});

describe('an action', () => {
  it('is asked once per idempotency key, and repeated byte for byte', async () => {
    const first = await act(HAND_OVER, { grants: [] }, { idempotency: 'once' });
    const second = await act(HAND_OVER, { grants: [] }, { idempotency: 'once' });
    expect(first).toMatchObject({ status: 200, body: { handed_over: 0 } });
    expect(second.text).toBe(first.text);
    expect(desk.asked).toEqual([{ verb: 'hand_over', idempotencyKey: expect.stringMatching(/^act_/) }]);
  });

  it.each([
    [{ grants: 'all' }, /^grants: /],
    [{ grants: ['a', 7] }, /^grants\.1: /],
    [undefined, /^grants: /],
    [{ grants: [], door: 1 }, /door/],
  ])('refuses %j, naming the field', async (body, message) => {
    const answer = await act(HAND_OVER, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST_BODY' } });
    expect(answer.body.message).toMatch(message);
    expect(desk.asked).toEqual([]);
  });

  it.each([
    '/fulfillment_providers/desk/actions/close',
    '/fulfillment_providers/nobody/actions/hand_over',
    '/fulfillment_providers/bank/actions/note_transfer',
    '/processors/desk/actions/hand_over',
    '/processors/bank/actions/toString',
  ])('is not found at %s', async (path) => {
    expect(await act(path, {})).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('that is refused answers the code and the words of the provider, and gives the key up', async () => {
    const asking = () => act(HAND_OVER, { grants: [], end: 'refused' }, { idempotency: 'refused' });
    const answer = await asking();
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({ code: 'ALREADY_ADMITTED', message: 'Admitted at 12:00: let nobody in twice.' });
    expect(answer.headers.get('x-should-retry')).toBe('false');
    await asking();
    expect(desk.asked).toHaveLength(2);
  });

  it.each([
    ['permanent', 502, 'DESK_CLOSED'],
    ['retryable', 503, 'DESK_BUSY'],
  ])('that fails (%s) answers %d with its code, and in our words', async (end, status, code) => {
    const answer = await act(HAND_OVER, { grants: [], end });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.text).not.toContain('CANARY');
  });

  it('that failed is the same request to the provider when the caller repeats it', async () => {
    const asking = () => act(HAND_OVER, { grants: [], end: 'retryable' }, { idempotency: 'failed' });
    await asking();
    api.clock.pass(60_000);
    await asking();
    expect(desk.asked).toHaveLength(2);
    expect(desk.asked[0]).toEqual(desk.asked[1]);
  });
});

describe('what an action delivers', () => {
  it('is on record when the caller hears of it, and its purchase is told', async () => {
    const [first, second] = [await pendingGrant(), await pendingGrant()];
    expect(await act(HAND_OVER, { grants: [first, second], word: 'seat 7' })).toMatchObject({ status: 200 });
    for (const id of [first, second]) {
      expect(await stored(id)).toMatchObject({ status: 'delivered', delivered: ticket('Later', 'seat 7') });
      expect(api.purchases.calls).toContain(`grant ${id}`);
    }
  });

  it('counts once: the first that was stored stays', async () => {
    const grant = await pendingGrant();
    await act(HAND_OVER, { grants: [grant], word: 'first' });
    expect(await act(HAND_OVER, { grants: [grant], word: 'second' })).toMatchObject({ status: 200 });
    expect((await stored(grant))?.delivered).toEqual(ticket('Later', 'first'));
  });

  it('is kept for a sweeper while the purchase cannot be told', async () => {
    const grant = await pendingGrant();
    api.purchases.down = true;
    expect(await act(HAND_OVER, { grants: [grant] })).toMatchObject({ status: 200 });
    expect(await stored(grant)).toMatchObject({ status: 'delivered', untold: true });
    const before = new Date(api.clock.now().getTime() + 1_000);
    const untold = await api.deps.stores.grants.listUntold({ before, limit: 10 });
    expect(untold.map(({ id }) => id)).toContain(grant);
  });

  it('mends a grant that had failed', async () => {
    const error = { code: 'seat_gone', message: 'no seat' };
    const grant = await pendingGrant({ status: 'failed', awaiting: null, error });
    await act(HAND_OVER, { grants: [grant] });
    expect(await stored(grant)).toMatchObject({ status: 'delivered', error: null });
  });

  it('leaves a revoked grant revoked', async () => {
    const grant = await pendingGrant({ status: 'revoked', revokedAt: new Date(), revocationReason: 'refund' });
    expect(await act(HAND_OVER, { grants: [grant] })).toMatchObject({ status: 200 });
    expect(await stored(grant)).toMatchObject({ status: 'revoked', delivered: null });
  });

  it.each([
    ['another business', () => ({ business: api.rival.business })],
    ['the other mode', () => ({ mode: 'live' as const })],
    ['another provider', () => ({ provider: 'license-keys' })],
  ])('is not believed when one of the grants is of %s: then none is stored', async (_, change) => {
    const [own, other] = [await pendingGrant(), await pendingGrant(change())];
    const answer = await act(HAND_OVER, { grants: [own, other] });
    expect(answer).toMatchObject({ status: 502, body: { code: 'PLUGIN_ANSWER_INVALID' } });
    expect(await stored(own)).toMatchObject({ status: 'pending' });
    expect(await stored(other)).toMatchObject({ status: 'pending' });
  });
});
