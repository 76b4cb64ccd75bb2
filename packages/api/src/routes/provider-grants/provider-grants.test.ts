import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newProviderKey } from '@payonce/engine/adapters';
import type { EntitlementGrant } from '@payonce/engine/domain';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer, Merchant } from '../../../../../test/support/api/api-server.js';
import { call } from '../../../../../test/support/api/calls.js';
import { aGrant } from '../../../../../test/store/samples/goods.js';

let api: ApiServer;
let key: string;

beforeAll(async () => {
  api = await startApi({ label: 'api provider grants', settings: { inboundRequestsPerMinute: 200 } });
  key = await providerKey({});
});

afterAll(() => api.close());

beforeEach(() => {
  api.purchases.calls.length = 0;
  api.purchases.down = false;
});

async function providerKey({
  merchant = api.shop,
  mode = 'test',
  provider = 'seats',
}: {
  merchant?: Merchant;
  mode?: 'test' | 'live';
  provider?: string;
}): Promise<string> {
  const { secrets, stores, clock } = api.deps;
  const made = newProviderKey({ mode });
  const { business } = merchant;
  const createdAt = clock.now();
  const shown = { hash: secrets.hash(made), last4: made.slice(-4), name: 'worker' };
  await stores.businesses.addKey({ business, mode, provider, ...shown, createdAt, revokedAt: null });
  return made;
}

async function grantOf(fields: Partial<EntitlementGrant> = {}): Promise<EntitlementGrant> {
  const grant = aGrant({
    business: api.shop.business,
    provider: 'seats',
    reach: 'remote',
    taskQueue: 'seats-test',
    settings: { hall: 'B' },
    ...fields,
  });
  await api.deps.stores.grants.ensure([grant]);
  return grant;
}

const at = ({ id }: { readonly id: string }, what = '') => `/provider/grants/${id}${what}`;
const read = (grant: EntitlementGrant, by = key) => call(api, { path: at(grant), key: by });
const post = (grant: EntitlementGrant, what: string, body: unknown = {}, by = key) =>
  call(api, { path: at(grant, `/${what}`), key: by, body });
const stored = ({ id }: EntitlementGrant) => api.deps.stores.grants.find(id);
const revoke = ({ id }: EntitlementGrant) =>
  api.deps.stores.grants.revoke({ id, reason: 'refund', at: api.clock.now() });

const LICENSE = {
  outcome: 'delivered',
  content: { kind: 'license_key', key: 'SEAT-7', activationsLimit: 1, expiresAt: null },
};
const TEXT = { outcome: 'delivered', content: { kind: 'content', items: [{ label: 'Seat', value: '8' }] } };

describe('a provider with its own key', () => {
  it('reads what it has to do, for whom and how the product is set up', async () => {
    const grant = await grantOf();
    expect((await read(grant)).body).toMatchObject({
      id: grant.id,
      work: 'fulfill',
      status: 'pending',
      mode: 'test',
      payment_id: grant.payment,
      product: { id: grant.product, name: grant.productName },
      unit: 0,
      customer: { email: grant.customer.email, name: grant.customer.name },
      settings: { hall: 'B' },
      idempotency_key: `${grant.payment}:fulfill:${grant.id}`,
    });
  });

  it('stores a delivery once, and the purchase is told', async () => {
    const grant = await grantOf();
    const first = await post(grant, 'delivery', LICENSE);
    expect(first).toMatchObject({ status: 200, body: { status: 'delivered', work: null, delivered: LICENSE } });
    expect(await post(grant, 'delivery', TEXT)).toMatchObject({ status: 200, body: first.body });
    expect(api.purchases.calls).toEqual([`grant ${grant.id}`]);
    const { licenseKey, untold } = (await stored(grant)) ?? {};
    expect({ licenseKey, untold }).toEqual({ licenseKey: expect.stringMatching(/^lic_/), untold: false });
  });

  it('has stored it also when the purchase cannot be told, which is made up for later', async () => {
    const grant = await grantOf();
    api.purchases.down = true;
    expect(await post(grant, 'delivery', TEXT)).toMatchObject({ status: 200, body: { status: 'delivered' } });
    expect(await stored(grant)).toMatchObject({ status: 'delivered', untold: true });
    api.purchases.down = false;
    await post(grant, 'delivery', TEXT);
    expect(api.purchases.calls).toEqual([`grant ${grant.id}`]);
  });

  it('says what is awaited', async () => {
    const grant = await grantOf();
    const answer = await post(grant, 'delivery', { outcome: 'pending', awaiting: 'the box office opens at noon' });
    expect(answer.body).toMatchObject({ status: 'pending', work: 'fulfill', awaiting: 'the box office opens at noon' });
  });

  it('says that it cannot deliver, by a code; its words stay in our log', async () => {
    const grant = await grantOf();
    const words = { message: 'Row 7 is broken', code: 'seat_broken' };
    expect((await post(grant, 'failure', { ...words, permanent: false })).body).toMatchObject({ status: 'pending' });
    expect(api.purchases.calls).toEqual([]);
    const failed = await post(grant, 'failure', { ...words, permanent: true });
    expect(failed.body).toMatchObject({ status: 'failed', work: 'fulfill', error_code: 'seat_broken' });
    expect(JSON.stringify([failed.body, (await stored(grant))?.error])).not.toContain('Row 7');
    expect(api.logged()).toContain('Row 7');
    expect(api.purchases.calls).toEqual([`grant ${grant.id}`]);
  });

  it('cannot deliver what was revoked, and says that it took it back', async () => {
    const grant = await grantOf();
    expect(await post(grant, 'revocation')).toMatchObject({ status: 409, body: { code: 'GRANT_NOT_REVOKED' } });
    await revoke(grant);
    expect((await read(grant)).body).toMatchObject({ work: 'revoke', revocation_reason: 'refund' });
    for (const [what, body] of [
      ['delivery', LICENSE],
      ['delivery', { outcome: 'pending', awaiting: 'noon' }],
      ['failure', { code: 'x', permanent: true }],
    ] as const)
      expect(await post(grant, what, body)).toMatchObject({ status: 409, body: { code: 'GRANT_REVOKED' } });
    const done = await post(grant, 'revocation');
    expect(done).toMatchObject({ status: 200, body: { work: null, taken_back_at: expect.any(String) } });
    expect(await post(grant, 'revocation')).toMatchObject({ status: 200, body: done.body });
    expect(api.purchases.calls).toEqual([`grant ${grant.id}`]);
  });

  it('takes the work of a delivery and its end at once for what came first', async () => {
    const grant = await grantOf();
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, (_, seat) =>
        post(grant, 'delivery', {
          ...TEXT,
          content: { kind: 'content', items: [{ label: 'Seat', value: `${seat}` }] },
        }),
      ),
    ]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body['delivered']))).size).toBe(1);
  });

  it.each([
    ['delivery', { outcome: 'delivered' }, 'content'],
    ['delivery', { ...TEXT, price: 0 }, 'price'],
    [
      'delivery',
      { outcome: 'delivered', content: { kind: 'content', items: [{ label: 'x', value: 'y', url: 'javascript:0' }] } },
      'url',
    ],
    ['failure', { code: 'Row 7!', permanent: true }, 'code'],
    ['failure', { code: 'x' }, 'permanent'],
  ])('is told which field of a %s is wrong', async (what, body, field) => {
    const answer = await post(await grantOf(), what, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST_BODY' } });
    expect(answer.body.message).toContain(field);
  });
});

describe('a key', () => {
  it('opens nothing of other providers, businesses and modes', async () => {
    const grant = await grantOf();
    const strangers = [
      await providerKey({ provider: 'other-seats' }),
      await providerKey({ merchant: api.rival }),
      await providerKey({ mode: 'live' }),
    ];
    for (const stranger of strangers) {
      expect(await read(grant, stranger)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect((await post(grant, 'delivery', LICENSE, stranger)).status).toBe(404);
      expect((await post(grant, 'failure', { code: 'x', permanent: true }, stranger)).status).toBe(404);
      expect((await post(grant, 'revocation', {}, stranger)).status).toBe(404);
    }
    expect(await stored(grant)).toMatchObject({ status: 'pending' });
  });

  it("of a merchant is no provider's, and the other way round", async () => {
    const grant = await grantOf();
    expect((await read(grant, api.shop.test)).status).toBe(401);
    expect((await call(api, { path: '/payments', key })).status).toBe(401);
    expect((await call(api, { path: at(grant), key: null })).status).toBe(401);
  });

  it('that was revoked opens nothing', async () => {
    const revoked = await providerKey({});
    await api.deps.stores.businesses.revokeKey({ hash: api.deps.secrets.hash(revoked), at: api.clock.now() });
    expect((await read(await grantOf(), revoked)).status).toBe(401);
  });

  it('is asked for no more often than the limit allows', async () => {
    const grant = await grantOf();
    const answers = await Promise.all(Array.from({ length: 220 }, () => read(grant)));
    expect(answers.some(({ status }) => status === 429)).toBe(true);
  });
});
