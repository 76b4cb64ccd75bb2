import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { call } from '../../../../../test/support/api/calls.js';
import { ticketDesk } from '../../../../../test/support/ticket-desk.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api entitlements', plugins: [ticketDesk().plugin] });
});

afterAll(() => api.close());

const TICKET = { name: 'A seat', integration_type: 'desk', integration_config: { event: 'Concert' } };

const create = (fields: object = {}, key?: string) =>
  call(api, { path: '/entitlements', body: { ...TICKET, ...fields }, ...(key !== undefined && { key }) });
const created = async (fields: object = {}): Promise<string> => String((await create(fields)).body['id']);
const at = (id: string) => `/entitlements/${id}`;
const read = async (id: string) => (await call(api, { path: at(id) })).body;
const patch = (id: string, body: object) => call(api, { method: 'PATCH', path: at(id), body });

describe('an entitlement', () => {
  it('of any provider is made, read and listed', async () => {
    const answer = await create({ description: 'Row 1', metadata: { tour: 7 } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: expect.stringMatching(/^ent_/),
      business_id: api.shop.business,
      name: 'A seat',
      description: 'Row 1',
      integration_type: 'feature_flag',
      integration_config: { feature_type: 'boolean', feature_id: 'desk' },
      provider: 'desk',
      settings: { event: 'Concert' },
      is_active: true,
      metadata: { tour: 7 },
    });
    expect(await read(String(answer.body['id']))).toEqual(answer.body);
    expect((await call(api, { path: '/entitlements' })).body.items).toContainEqual(answer.body);
  });

  it.each([
    [
      'license keys by the words of the public API',
      {
        integration_type: 'license_key',
        integration_config: { activations_limit: 3, duration_count: 1, duration_interval: 'Year' },
      },
      {
        provider: 'license-keys',
        integration_type: 'license_key',
        integration_config: {
          activation_message: null,
          activations_limit: 3,
          duration_count: 1,
          duration_interval: 'Year',
          fulfillment_mode: 'auto',
        },
      },
    ],
    [
      'license keys that the merchant supplies',
      { integration_type: 'license_key', integration_config: { fulfillment_mode: 'manual' } },
      { provider: 'license-keys', integration_config: { fulfillment_mode: 'manual' } },
    ],
    [
      'a link',
      {
        integration_type: 'digital_files',
        integration_config: { digital_file_ids: [], external_url: 'https://files.example/x' },
      },
      {
        provider: 'files',
        integration_config: {
          digital_files: { files: [], external_url: 'https://files.example/x', instructions: null },
        },
      },
    ],
    [
      'any provider, named as such',
      { integration_type: undefined, integration_config: undefined, provider: 'desk', settings: { event: 'Fair' } },
      { provider: 'desk', settings: { event: 'Fair' }, integration_type: 'feature_flag' },
    ],
    [
      'any provider, for clients whose types know the list alone',
      {
        integration_type: 'feature_flag',
        integration_config: { feature_type: 'boolean', feature_id: 'desk' },
        provider: 'desk',
        settings: { event: 'Fair' },
      },
      { provider: 'desk', settings: { event: 'Fair' } },
    ],
  ])('may be %s', async (_, fields, shown) => {
    expect(await create(fields)).toMatchObject({ status: 200, body: shown });
  });

  it.each([
    [{ integration_config: { event: '' } }, 'INVALID_REQUEST_BODY', 'integration_config.event: '],
    [
      { integration_config: { event: 'X', seats: { row: 0 } } },
      'INVALID_REQUEST_BODY',
      'integration_config.seats.row: ',
    ],
    [{ settings: { event: 7 }, integration_config: null }, 'INVALID_REQUEST_BODY', 'settings.event: '],
    [{ integration_type: 'discord' }, 'UNSUPPORTED_FEATURE', "integration_type: no plugin serves 'discord'"],
    [{ integration_type: 'feature_flag' }, 'UNSUPPORTED_FEATURE', "integration_type: no plugin serves 'feature_flag'"],
    [{ integration_type: null }, 'INVALID_REQUEST_BODY', 'integration_type: is missing'],
    [{ provider: 'nobody' }, 'UNSUPPORTED_FEATURE', "provider: no plugin serves 'nobody'"],
    [{ provider: 'files' }, 'INVALID_REQUEST_BODY', 'integration_type: is not what provider'],
    [{ name: '' }, 'INVALID_REQUEST_BODY', 'name: '],
    [{ colour: 'red' }, 'INVALID_REQUEST_BODY', 'colour: there is no such field'],
    [
      { integration_type: 'license_key', integration_config: { duration_count: 1 } },
      'INVALID_REQUEST_BODY',
      'integration_config.duration_count: comes with duration_interval',
    ],
    [
      { integration_type: 'digital_files', integration_config: { digital_file_ids: ['f'] } },
      'INVALID_REQUEST_BODY',
      'integration_config.digital_file_ids: files belong to products',
    ],
    [
      { integration_type: 'digital_files', integration_config: { digital_file_ids: [] } },
      'INVALID_REQUEST_BODY',
      'integration_config.external_url: is missing',
    ],
  ])('that says %j is refused, naming the path', async (fields, code, message) => {
    const answer = await create(fields);
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.message).toContain(message);
  });

  it('changes what is sent, and replaces what the provider is told', async () => {
    const id = await created({ description: 'Row 1' });
    expect(await patch(id, { name: 'A better seat', description: null })).toMatchObject({
      status: 200,
      body: { name: 'A better seat', description: null, settings: { event: 'Concert' } },
    });
    expect(await patch(id, { integration_config: { event: 'Fair', seats: { row: 2 } } })).toMatchObject({
      body: { name: 'A better seat', settings: { event: 'Fair', seats: { row: 2 } } },
    });
    expect(await patch(id, { settings: { event: '' } })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('settings.event: ') },
    });
    expect(await read(id)).toMatchObject({ settings: { event: 'Fair', seats: { row: 2 } } });
  });

  it('is gone when it is deleted', async () => {
    const id = await created();
    expect(await call(api, { method: 'DELETE', path: at(id) })).toMatchObject({ status: 200, text: '' });
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await call(api, { method, path: at(id), ...(method === 'PATCH' && { body: {} }) })).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
    const { items } = (await call(api, { path: '/entitlements' })).body;
    expect(items?.map((each) => each['id'])).not.toContain(id);
  });

  it('is listed by its type, and to its own merchant and mode only', async () => {
    const id = await created();
    const ids = async (query: string, key?: string) =>
      (await call(api, { path: `/entitlements${query}`, ...(key !== undefined && { key }) })).body.items?.map(
        (each) => each['id'],
      );
    expect(await ids('?integration_type=feature_flag&page_size=100')).toContain(id);
    expect(await ids('?integration_type=license_key&page_size=100')).not.toContain(id);
    expect(await ids('', api.rival.test)).toEqual([]);
    expect(await ids('', api.shop.live)).toEqual([]);
    expect((await call(api, { path: at(id), key: api.shop.live })).status).toBe(404);
  });
});
