import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores } from '../../../../test/store/open-stores.js';
import { aClaim, aGrant, aLicenseKey, after, anEndpoint, anEvent } from '../../../../test/store/samples.js';

let open: OpenStores;

beforeAll(async () => {
  open = await openStores('at rest');
});

afterAll(() => open.close());

it('a dump of the database has no license key, webhook secret, header or answer in it', async () => {
  const { stores, db } = open;
  const [key, secret, token] = ['CANARY-AAAAA-BBBBB', 'whsec_Q0FOQVJZ', 'Bearer CANARY'];
  const license = await stores.licenses.ensureForGrant(aLicenseKey({ key }));
  const grant = aGrant();
  await stores.grants.ensure([grant]);
  const content = { kind: 'license_key', key, activationsLimit: 3, expiresAt: null } as const;
  const delivered = { outcome: 'delivered', content } as const;
  await stores.grants.deliver({ id: grant.id, delivered, licenseKey: license.id, at: after(1) });
  await stores.events.ensure([anEvent({ type: 'license_key.created', body: JSON.stringify({ key }) })]);
  const endpoint = anEndpoint({ secret, headers: { Authorization: token } });
  await stores.endpoints.insert(endpoint);
  await stores.endpoints.update({ ...endpoint, set: { headers: { Authorization: `${token}!` } }, at: after(1) });
  const claim = aClaim();
  await stores.idempotency.claim(claim);
  await stores.idempotency.answer({ ...claim, answer: { status: 200, body: JSON.stringify({ key, secret }) } });

  const dump = await Promise.all((await db.collections()).map((collection) => collection.find().toArray()));
  expect(dump.flat().length).toBeGreaterThanOrEqual(5);
  for (const canary of ['CANARY', 'AAAAA-BBBBB', 'Q0FOQVJZ']) expect(JSON.stringify(dump)).not.toContain(canary);
});
