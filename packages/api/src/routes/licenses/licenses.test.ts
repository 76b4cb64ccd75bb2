import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../../test/support/api/calls.js';
import { together } from '../../../../../test/store/open-stores.js';
import { breaches } from '../../../../engine/test/published-schemas.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api licenses' });
  product = await addProduct(api, { license_key_enabled: true, license_key_activations_limit: 3 });
});

afterAll(() => api.close());

/** A key that was just bought. */
async function newKey(): Promise<{ readonly id: string; readonly key: string }> {
  const { payment } = await buy(api, { product });
  const { body } = await call(api, { path: '/license_keys?page_size=100' });
  const item = body.items?.find((each) => each['payment_id'] === payment);
  return { id: String(item?.['id']), key: String(item?.['key']) };
}

const ask = (verb: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  call(api, { path: `/licenses/${verb}`, key: null, body, headers });
const activate = (key: string, name = 'a laptop') => ask('activate', { license_key: key, name });
const validate = async (body: unknown) => (await ask('validate', body)).body['valid'];
const patch = (id: string, body: unknown) => call(api, { method: 'PATCH', path: `/license_keys/${id}`, body });

describe('a license key', () => {
  it('is activated with nothing but itself, shown as the published API shows it', async () => {
    const { id, key } = await newKey();
    const { status, body } = await activate(key);
    expect(status).toBe(201);
    expect(breaches('ActivateLicenseKeyResponse', body)).toEqual([]);
    expect(body).toMatchObject({
      license_key_id: id,
      name: 'a laptop',
      customer: { email: 'ann@example.com' },
      product: { product_id: product },
    });
  });

  it('does not mind any Authorization header', async () => {
    const { key } = await newKey();
    expect((await ask('activate', { license_key: key, name: 'x' }, { authorization: 'Bearer dummy' })).status).toBe(
      201,
    );
  });

  it('of three seats is activated exactly three times when 20 try at once', async () => {
    const { id, key } = await newKey();
    const answers = await together(20, (index) => activate(key, `machine ${index}`));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(
      new Set(answers.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${body.code}`)),
    ).toEqual(new Set(['422 LICENSE_KEY_LIMIT_REACHED']));
    expect((await call(api, { path: `/license_keys/${id}` })).body['instances_count']).toBe(3);
  });

  it('is free again after a deactivation, which is possible once', async () => {
    const { key } = await newKey();
    const [first] = [await activate(key), await activate(key), await activate(key)];
    const instance = String(first?.body['id']);
    expect((await activate(key)).status).toBe(422);
    const deactivate = () => ask('deactivate', { license_key: key, license_key_instance_id: instance });
    expect(await deactivate()).toMatchObject({ status: 200, text: '' });
    expect(await deactivate()).toMatchObject({ status: 403, body: { code: 'LICENSE_KEY_INSTANCE_NOT_FOUND' } });
    expect((await activate(key)).status).toBe(201);
  });

  it('is valid alone and with its own activation, and never with another', async () => {
    const [mine, other] = [await newKey(), await newKey()];
    const instance = (await activate(mine.key)).body['id'];
    expect(await validate({ license_key: mine.key })).toBe(true);
    expect(await validate({ license_key: mine.key, license_key_instance_id: instance })).toBe(true);
    expect(await validate({ license_key: mine.key, license_key_instance_id: null })).toBe(true);
    expect(await validate({ license_key: other.key, license_key_instance_id: instance })).toBe(false);
    expect(await validate({ license_key: 'unknown' })).toBe(false);
  });

  it('that is disabled or expired is neither valid nor activated', async () => {
    const { id, key } = await newKey();
    expect((await patch(id, { disabled: true })).body['status']).toBe('disabled');
    expect(await activate(key)).toMatchObject({ status: 403, body: { code: 'INACTIVE_LICENSE_KEY' } });
    expect(await validate({ license_key: key })).toBe(false);
    await patch(id, { disabled: false, expires_at: '2020-01-01T00:00:00Z' });
    expect(await activate(key)).toMatchObject({ status: 403, body: { code: 'INACTIVE_LICENSE_KEY' } });
    expect((await patch(id, { expires_at: null })).body).toMatchObject({ status: 'active', expires_at: null });
    expect(await validate({ license_key: key })).toBe(true);
  });

  it('that nobody issued is not found', async () => {
    expect(await activate('XXXXX-XXXXX')).toMatchObject({ status: 404, body: { code: 'LICENSE_KEY_NOT_FOUND' } });
    expect((await ask('deactivate', { license_key: 'XXXXX', license_key_instance_id: 'lki_1' })).status).toBe(404);
  });

  it('cannot have a limit below what is in use', async () => {
    const { id, key } = await newKey();
    await activate(key);
    await activate(key);
    expect(await patch(id, { activations_limit: 1 })).toMatchObject({
      status: 422,
      body: { code: 'ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT' },
    });
    expect((await patch(id, { activations_limit: null })).body['activations_limit']).toBeNull();
  });

  it('is listed by status, product and source, with its activations', async () => {
    const { id, key } = await newKey();
    const instance = (await activate(key)).body['id'];
    const items = async (path: string) => (await call(api, { path })).body.items ?? [];
    const keys = await items(`/license_keys?product_id=${product}&status=active&source=auto&page_size=100`);
    expect(keys.flatMap((each) => breaches('LicenseKeyResponse', each))).toEqual([]);
    expect(keys.map((each) => each['id'])).toContain(id);
    expect(await items('/license_keys?source=manual')).toEqual([]);
    const instances = await items(`/license_key_instances?license_key_id=${id}`);
    expect(instances.flatMap((each) => breaches('LicenseKeyInstanceResponse', each))).toEqual([]);
    expect(instances.map((each) => each['id'])).toEqual([instance]);
    expect(await items('/license_key_instances?page_size=2')).toHaveLength(2);
    expect(await items('/license_key_instances?license_key_id=lic_nobody')).toEqual([]);
  });
});

it('asks guessers to slow down, whatever address they say they have', async () => {
  const limited = await startApi({ label: 'api limits', settings: { publicRequestsPerMinute: 5 } });
  const guess = (at: number) =>
    call(limited, {
      path: '/licenses/validate',
      key: null,
      body: { license_key: `guess ${at}` },
      headers: { 'x-forwarded-for': `1.2.3.${at}` },
    });
  const statuses: number[] = [];
  for (let at = 0; at < 7; at += 1) statuses.push((await guess(at)).status);
  const refused = await guess(9);
  await limited.close();
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(refused.body.code).toBe('TOO_MANY_REQUESTS');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
