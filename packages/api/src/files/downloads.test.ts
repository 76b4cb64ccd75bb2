import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../test/support/api/calls.js';
import { fileLink } from './links.js';

const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 256));

let api: ApiServer;
let grant: `entg_${string}`;
let file: string;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api downloads' });
  product = await addProduct(api);
  const { body } = await call(api, {
    method: 'PUT',
    path: `/products/${product}/files`,
    body: { file_name: 'träum"e\r\n.zip'.replace('\r\n', '') },
  });
  file = String(body['file_id']);
  await call(api, {
    method: 'PUT',
    path: String(body['url']).replace('https://pay.example.com', api.url),
    key: null,
    raw: BYTES,
  });
  await call(api, {
    method: 'PATCH',
    path: `/products/${product}`,
    body: { digital_product_delivery: { files: [file] } },
  });
  grant = await newGrant();
});

afterAll(() => api.close());

async function newGrant(): Promise<`entg_${string}`> {
  const { payment } = await buy(api, { product });
  const [bought] = await api.deps.stores.grants.listByPayment(payment as `pay_${string}`);
  if (!bought) throw new Error('nothing was handed over');
  return bought.id;
}

const link = (owner: `entg_${string}` | `pdt_${string}` = grant, id = file): string =>
  fileLink({ ...api.deps, publicUrl: api.url }, { owner, file: id });
const download = (headers: Readonly<Record<string, string>> = {}, url = link(), method = 'GET') =>
  fetch(url, { method, headers });
const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

describe('a download', () => {
  it('is whole, and nothing that a browser would run, show or keep', async () => {
    const answer = await download();
    expect(answer.status).toBe(200);
    expect(await bytesOf(answer)).toEqual(BYTES);
    const header = (name: string) => answer.headers.get(name);
    expect(header('content-disposition')).toBe(
      `attachment; filename="tr_um_e.zip"; filename*=UTF-8''tr%C3%A4um%22e.zip`,
    );
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(header('cache-control')).toBe('private, no-store');
    expect(header('accept-ranges')).toBe('bytes');
    const digest = createHash('sha256').update(BYTES).digest('base64');
    expect(header('repr-digest')).toBe(`sha-256=:${digest}:`);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=990-', 990, 999],
    ['bytes=990-5000', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=-5000', 0, 999],
  ])('of %s is that span', async (range, start, end) => {
    const answer = await download({ range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${start}-${end}/1000`]);
    expect(await bytesOf(answer)).toEqual(BYTES.subarray(start, end + 1));
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('of %s does not exist', async (range) => {
    const answer = await download({ range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
  });

  it.each([
    'bytes=0-1,5-6',
    'bytes=9-5',
    'items=0-1',
    'bytes=x-',
    'bytes=-',
    `bytes=${Array.from({ length: 1000 }, (_, at) => `${at}-${at}`).join(',')}`,
  ])('of the range %.20s is whole', async (range) => {
    const answer = await download({ range });
    expect(answer.status).toBe(200);
    expect(await bytesOf(answer)).toHaveLength(1000);
  });

  it('goes on where it stopped only while the file is the same', async () => {
    const etag = (await download()).headers.get('etag') ?? '';
    expect((await download({ range: 'bytes=5-', 'if-range': etag })).status).toBe(206);
    expect((await download({ range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200);
  });

  it('tells its size without its bytes', async () => {
    const answer = await download({}, link(), 'HEAD');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '1000']);
  });
});

describe('a link', () => {
  it('works for a quarter of an hour', async () => {
    const url = link();
    api.clock.pass(899_000);
    expect((await download({}, url)).status).toBe(200);
    api.clock.pass(2_000);
    expect((await download({}, url)).status).toBe(403);
  });

  it('that was changed anywhere is refused', async () => {
    const url = new URL(link());
    const expires = Number(url.searchParams.get('exp'));
    const changed = [
      (next: URL) => next.searchParams.set('exp', String(expires + 1)),
      (next: URL) => next.searchParams.set('sig', 'x'),
      (next: URL) => next.searchParams.delete('sig'),
      (next: URL) => next.searchParams.delete('exp'),
      (next: URL) => (next.pathname = `/files/${grant}/3f333df6-90a4-4dda-8dd3-9485d27cee36`),
      (next: URL) => (next.pathname = `/files/${product}/${file}`),
    ];
    for (const change of changed) {
      const next = new URL(url);
      change(next);
      expect((await download({}, next.href)).status).toBe(403);
    }
  });

  /** A grant of the same file, with limits of its own. */
  async function limited(limits: object): Promise<`entg_${string}`> {
    const owner = await newGrant();
    const { grants } = api.deps.stores;
    const find = grants.find.bind(grants);
    Object.assign(grants, {
      async find(id: typeof owner) {
        const grant = await find(id);
        if (id !== owner || !grant?.delivered) return grant;
        const content = { ...grant.delivered.content, ...limits };
        return { ...grant, delivered: { ...grant.delivered, content } };
      },
    });
    return owner;
  }

  it('is counted once however it is used, and refused when no download is left', async () => {
    const owner = await limited({ maxDownloads: 2 });
    const first = link(owner);
    expect((await download({ range: 'bytes=0-9' }, first)).status).toBe(206);
    expect((await download({ range: 'bytes=10-' }, first)).status).toBe(206);
    api.clock.pass(1_000);
    const second = link(owner);
    const all = await Promise.all(Array.from({ length: 10 }, () => download({}, second)));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    api.clock.pass(1_000);
    const third = link(owner);
    expect((await download({}, third, 'HEAD')).status).toBe(200);
    const refused = await download({}, third);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('fetched 2 times');
    expect((await download({}, second)).status).toBe(200);
  });

  it('ends when the days of access are over', async () => {
    const owner = await limited({ accessUntil: new Date(api.clock.now().getTime() + 60_000).toISOString() });
    const url = link(owner);
    expect((await download({}, url)).status).toBe(200);
    api.clock.pass(61_000);
    expect((await download({}, url)).status).toBe(403);
  });

  it('ends with its grant', async () => {
    const owner = await newGrant();
    const url = link(owner);
    expect((await download({}, url)).status).toBe(200);
    await api.deps.stores.grants.revoke({ id: owner, reason: 'refund', at: api.clock.now() });
    expect((await download({}, url)).status).toBe(403);
  });

  it('is shown with the grant, and no longer when it ended', async () => {
    const { payment } = await buy(api, { product, email: 'files@example.com' });
    const [bought] = await api.deps.stores.grants.listByPayment(payment as `pay_${string}`);
    const show = async () => {
      const { body } = await call(api, { path: `/customers/${bought?.customer.id ?? ''}/entitlement-grants` });
      return body.items?.[0] as { status: string; digital_product_delivery: { files: { download_url: string }[] } };
    };
    const url = (await show()).digital_product_delivery.files[0]?.download_url ?? '';
    expect((await download({}, url.replace('https://pay.example.com', api.url))).status).toBe(200);
    await api.deps.stores.grants.revoke({ id: bought?.id ?? 'entg_0', reason: 'refund', at: api.clock.now() });
    expect(await show()).toMatchObject({ status: 'Revoked', digital_product_delivery: { files: [] } });
  });
});
