import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../test/support/api/api-server.js';
import { addProduct, call } from '../../../../test/support/api/calls.js';
import { png } from '../../../../test/support/api/pictures.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api uploads' });
  product = await addProduct(api);
});

afterAll(() => api.close());

const here = (url: unknown): string => String(url).replace('https://pay.example.com', api.url);
const patch = (body: unknown, id = product) => call(api, { method: 'PATCH', path: `/products/${id}`, body });
const put = (url: unknown, raw: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
  call(api, { method: 'PUT', path: here(url), key: null, raw, headers });

async function openImage() {
  const { body } = await call(api, { method: 'PUT', path: `/products/${product}/images?force_update=true` });
  return { url: String(body['url']), id: String(body['image_id']) };
}

async function openFile(filename = 'plug-in.zip') {
  const { body } = await call(api, {
    method: 'PUT',
    path: `/products/${product}/files`,
    body: { file_name: filename },
  });
  return { url: String(body['url']), id: String(body['file_id']) };
}

describe('an image', () => {
  it('is uploaded to an address of its own, named by a PATCH and shown to everybody', async () => {
    const { url, id } = await openImage();
    expect(url).toMatch(/^https:\/\/pay\.example\.com\/uploads\//);
    const picture = png({ width: 2, height: 2 });
    expect((await put(url, picture)).status).toBe(200);
    expect((await patch({ image_id: id })).status).toBe(200);
    const shown = await call(api, { path: `/products/${product}` });
    expect(shown.body['image']).toBe(`https://pay.example.com/images/${id}`);
    const fetched = await fetch(here(shown.body['image']));
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(picture);
    expect(fetched.headers.get('content-type')).toBe('image/png');
    expect(fetched.headers.get('x-content-type-options')).toBe('nosniff');
    expect(fetched.headers.get('content-security-policy')).toContain('sandbox');
  });

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 415],
    ['a page', '<!doctype html><script>alert(1)</script>', 415],
    ['a GIF with a script in it', 'GIF89a/*\u0001\u0000\u0001\u0000*/=1;alert(1)', 415],
    ['nothing', '', 415],
    ['a PNG that ends after its first bytes', Buffer.from('89504e470d0a1a0a', 'hex'), 415],
    ['26 million pixels', png({ width: 5200, height: 5000 }), 415],
    ['3 MB and a byte', Buffer.concat([png({ width: 1, height: 1 }), Buffer.alloc(3 * 1024 * 1024)]), 413],
  ])('is never %s', async (_what, bytes, status) => {
    const { url, id } = await openImage();
    expect((await put(url, bytes)).status).toBe(status);
    expect(await patch({ image_id: id })).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST_BODY' } });
  });
});

describe('an upload address', () => {
  it('works once, for a minute, and only as it was made', async () => {
    const first = await openFile();
    expect((await put(first.url, 'bytes')).status).toBe(200);
    expect(await put(first.url, 'other')).toMatchObject({ status: 403, body: { code: 'UPLOAD_CLOSED' } });
    const late = await openFile();
    api.clock.pass(61_000);
    expect((await put(late.url, 'bytes')).status).toBe(403);
    const other = await openFile();
    const [mine, theirs] = [first, other].map(({ url }) => url.split('/uploads/')[1] ?? '');
    const mixed = `${mine?.split('.')[0]}.${theirs?.split('.')[1]}`;
    for (const token of [mixed, `${theirs}x`, 'x', '../../etc/passwd', encodeURIComponent('../x.y'), '%00']) {
      expect((await put(`${api.url}/uploads/${token}`, 'bytes')).status).toBeGreaterThanOrEqual(400);
    }
    expect((await put(other.url, 'bytes')).status).toBe(200);
  });

  it('takes no more than the limit', async () => {
    const { url } = await openFile();
    expect(await put(url, Buffer.alloc(5_000_001))).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } });
    expect((await put(url, 'smaller')).status).toBe(200);
  });
});

describe('a file', () => {
  it('becomes part of a product when it was uploaded for it', async () => {
    const { url, id } = await openFile('Plug-in “1”.zip');
    expect((await patch({ digital_product_delivery: { files: [id] } })).status).toBe(422);
    await put(url, 'the plug-in', { 'content-type': 'application/zip; x=y' });
    expect((await patch({ digital_product_delivery: { files: [id], instructions: 'Unpack it.' } })).status).toBe(200);
    const { body } = await call(api, { path: `/products/${product}` });
    expect(body['digital_product_delivery']).toMatchObject({
      instructions: 'Unpack it.',
      files: [
        { file_id: id, filename: 'Plug-in “1”.zip', content_type: 'application/zip', file_size: 11, expires_in: 900 },
      ],
    });
    const [file] = (body['digital_product_delivery'] as { files: { download_url: string }[] }).files;
    expect((await call(api, { path: here(file?.download_url), key: null })).text).toBe('the plug-in');
  });

  it('of another product, another kind or nobody is refused', async () => {
    const [image, other] = [await openImage(), await addProduct(api)];
    const { url, id } = await openFile();
    await put(url, 'bytes');
    await put(image.url, png({ width: 1, height: 1 }));
    const files = (...ids: string[]) => ({ digital_product_delivery: { files: ids } });
    expect((await patch(files(id), other)).status).toBe(422);
    expect((await patch(files(image.id))).status).toBe(422);
    expect((await patch({ image_id: id })).status).toBe(422);
    expect((await patch(files(id, id))).status).toBe(422);
    expect((await patch(files('3f333df6-90a4-4dda-8dd3-9485d27cee36'))).status).toBe(422);
    expect((await patch(files('../../etc/passwd'))).status).toBe(422);
  });

  it('is never shown as an image', async () => {
    const { url, id } = await openFile();
    await put(url, 'secret');
    for (const key of [id, `${id}/..`, '..%2f..%2fetc%2fpasswd', '%2e%2e', 'x', '%00']) {
      expect([400, 404]).toContain((await call(api, { path: `/images/${key}`, key: null })).status);
    }
  });
});
