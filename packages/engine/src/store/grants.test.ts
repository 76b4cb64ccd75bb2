import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { SCOPE, aGrant, after } from '../../../../test/store/samples.js';
import type { EntitlementGrant } from '../domain/grant.js';
import type { GrantStore } from '../ports/grant-store.js';

let open: OpenStores;
let grants: GrantStore;

beforeAll(async () => {
  open = await openStores('grants');
  ({ grants } = open.stores);
});

afterAll(() => open.close());

const DELIVERED = {
  outcome: 'delivered',
  content: { kind: 'license_key', key: 'AAAAA-BBBBB', activationsLimit: 3, expiresAt: null },
} as const;
const FAILURE = { code: 'provider_down', message: 'the provider is down' };

const added = async (fields: Partial<EntitlementGrant> = {}): Promise<EntitlementGrant> => {
  const grant = aGrant(fields);
  await grants.ensure([grant]);
  return grant;
};
const deliver = ({ id }: EntitlementGrant, at = after(1)) =>
  grants.deliver({ id, delivered: DELIVERED, licenseKey: 'lic_1', at });

describe('a grant', () => {
  it('comes back as it was stored, whatever was delivered', async () => {
    const contents = [
      { kind: 'files', files: [{ file: 'f', filename: 'a.zip' }], instructions: 'unpack' },
      { kind: 'content', items: [{ label: 'Link', value: 'here', url: 'https://x.example' }] },
      DELIVERED.content,
    ] as const;
    for (const content of contents) {
      const grant = await added({ delivered: { outcome: 'delivered', content }, status: 'delivered' });
      expect(await grants.find(grant.id)).toEqual(grant);
    }
  });

  it('is left as it is when it is added again, beside new ones', async () => {
    const first = await added();
    const second = aGrant({ payment: first.payment, unit: 1 });
    await grants.ensure([{ ...first, productName: 'changed' }, second]);
    expect(await grants.listByPayment(first.payment)).toEqual([first, second]);
    await grants.ensure([]);
  });

  it('is the only one for its unit: another id for the same right is refused', async () => {
    const { payment } = await added();
    await expect(grants.ensure([aGrant({ payment })])).rejects.toThrow(/duplicate/i);
  });

  it('is added once by 20 at once', async () => {
    const grant = aGrant();
    await together(20, () => grants.ensure([grant, aGrant()]));
    expect(await grants.listByPayment(grant.payment)).toEqual([grant]);
  });

  it('stands in the order of line, unit and entitlement', async () => {
    const payment = 'pay_order';
    const places = [
      { line: 'line_1', unit: 0 },
      { line: 'line_0', unit: 1 },
      { line: 'line_0', unit: 0, entitlement: 'ent_2' },
      { line: 'line_0', unit: 0 },
    ] as const;
    await grants.ensure(places.map((place) => aGrant({ payment, ...place })));
    const found = await grants.listByPayment(payment);
    expect(found.map(({ line, unit, entitlement }) => ({ line, unit, entitlement }))).toMatchObject(
      [...places].reverse(),
    );
  });

  it('is listed newest first by scope, customer and status', async () => {
    const scope = { business: 'bus_list', mode: 'test' } as const;
    const [older, newer] = [await added({ ...scope }), await added({ ...scope, createdAt: after(1) })];
    const listed = async (filter: { status?: 'pending' | 'revoked'; customer?: 'cus_1' | 'cus_2' }) =>
      (await grants.list({ ...scope, ...filter, page: { number: 0, size: 10 } })).map(({ id }) => id);
    expect(await listed({})).toEqual([newer.id, older.id]);
    expect(await listed({ status: 'pending', customer: 'cus_1' })).toEqual([newer.id, older.id]);
    expect(await listed({ status: 'revoked' })).toEqual([]);
    expect(await listed({ customer: 'cus_2' })).toEqual([]);
  });
});

describe('delivering', () => {
  it('is done once: of 20 deliveries at once the first stays', async () => {
    const grant = await added();
    const answers = await together(20, (index) => deliver(grant, after(index)));
    expect(new Set(answers.map(({ deliveredAt }) => deliveredAt?.getTime())).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 'delivered', delivered: DELIVERED, licenseKey: 'lic_1' });
  });

  it('clears what was awaited and what had failed', async () => {
    const grant = await added({ awaiting: 'a person' });
    await grants.fail({ id: grant.id, error: FAILURE, at: after(1) });
    expect(await deliver(grant)).toMatchObject({ status: 'delivered', awaiting: null, error: null });
  });

  it('does not bring back what was revoked', async () => {
    const grant = await added();
    await grants.revoke({ id: grant.id, reason: 'refund', at: after(1) });
    expect(await deliver(grant, after(2))).toMatchObject({ status: 'revoked', delivered: null, deliveredAt: null });
  });

  it('and revoking at once ends revoked', async () => {
    await together(20, async () => {
      const grant = await added();
      await Promise.all([deliver(grant), grants.revoke({ id: grant.id, reason: 'refund', at: after(1) })]);
      expect((await grants.find(grant.id))?.status).toBe('revoked');
    });
  });

  it('of nobody is an error', async () => {
    await expect(deliver(aGrant({ id: 'entg_nobody' }))).rejects.toThrow('grants has no document entg_nobody');
  });
});

describe('the other moves', () => {
  it('fail a pending grant only', async () => {
    const [pending, done] = [await added(), await added()];
    await deliver(done);
    expect(await grants.fail({ id: pending.id, error: FAILURE, at: after(2) })).toMatchObject({
      status: 'failed',
      error: FAILURE,
    });
    expect(await grants.fail({ id: done.id, error: FAILURE, at: after(2) })).toMatchObject({
      status: 'delivered',
      error: null,
    });
  });

  it('note what is awaited, also when a retry of a failed grant has to wait', async () => {
    const grant = await added();
    const waiting = { id: grant.id, awaiting: 'a person', at: after(2) };
    await grants.fail({ id: grant.id, error: FAILURE, at: after(1) });
    expect(await grants.await(waiting)).toMatchObject({ status: 'pending', awaiting: 'a person', error: null });
    await deliver(grant);
    expect(await grants.await(waiting)).toMatchObject({ status: 'delivered', awaiting: null });
  });

  it('revoke once, with the first reason', async () => {
    const grant = await added();
    await grants.revoke({ id: grant.id, reason: 'refund', at: after(1) });
    const again = await grants.revoke({ id: grant.id, reason: 'operator', at: after(2) });
    expect(again).toMatchObject({ status: 'revoked', revocationReason: 'refund', revokedAt: after(1) });
    expect(await grants.findScoped({ ...SCOPE, id: grant.id })).toEqual(again);
  });
});

describe('what a remote provider stored', () => {
  const untold = async () => (await grants.listUntold({ before: after(1000), limit: 100 })).map(({ id }) => id);

  it('is listed until the purchase was told of it, and again when more came meanwhile', async () => {
    const { id } = await added({ taskQueue: 'seats-test', reach: 'remote' });
    const first = await grants.await({ id, awaiting: 'noon', at: after(1), untold: true });
    expect(await untold()).toContain(id);
    const second = await grants.fail({ id, error: FAILURE, at: after(2), untold: true });
    await grants.markTold(first);
    expect(await untold()).toContain(id);
    await grants.markTold(second);
    expect(await untold()).not.toContain(id);
  });

  it('is taken back once, and only when it was revoked', async () => {
    const { id } = await added();
    expect((await grants.takeBack({ id, at: after(1) })).takenBackAt).toBeUndefined();
    await grants.revoke({ id, reason: 'refund', at: after(2) });
    expect(await grants.takeBack({ id, at: after(3) })).toMatchObject({ takenBackAt: after(3), untold: true });
    expect(await grants.takeBack({ id, at: after(4) })).toMatchObject({ takenBackAt: after(3) });
  });
});
