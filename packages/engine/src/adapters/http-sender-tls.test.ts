import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { receivers, withEnvironment } from '../../../../test/setup/receiver.js';
import { createHttpSender } from './http-sender.js';
import type { HttpSenderOptions } from './http-sender.js';

const { listen, close } = receivers();
afterEach(close);

/** DER: a tag, a length, the content. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const length =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, 'latin1'));
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);

/** A certificate that a host signs for itself, made here so that no key lies in the repository. */
function selfSigned({ name, until = '20991231235959Z' }: { readonly name: string; readonly until?: string }): {
  key: string;
  cert: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const owner = sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), text(0x0c, name))));
  const alternatives = sequence(oid(0x55, 0x1d, 0x11), der(0x04, sequence(text(0x82, name))));
  const validity = sequence(text(0x18, '20000101000000Z'), text(0x18, until));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const body = sequence(
    version,
    der(0x02, Buffer.from([1])),
    algorithm,
    owner,
    validity,
    owner,
    spki(publicKey),
    der(0xa3, sequence(alternatives)),
  );
  const certificate = sequence(body, algorithm, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
  const pem = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
  };
}
const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

const trusted = selfSigned({ name: 'hooks.shop.com' });

const serveTls = (options: {
  readonly key: string;
  readonly cert: string;
  readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2';
  readonly minVersion?: 'TLSv1';
}): Promise<number> => {
  const ciphers = options.maxVersion === 'TLSv1.1' ? { ciphers: 'DEFAULT:@SECLEVEL=0' } : {};
  return listen(createServer({ ...options, ...ciphers }, (_, response) => response.end('ok')));
};

/** As a shop on the Internet: its name leads to the listener here, by the switch. */
const post = (port: number, options: Partial<HttpSenderOptions> = {}, host = 'hooks.shop.com'): Promise<unknown> =>
  createHttpSender({
    allowLoopback: true,
    allowHttp: false,
    resolve: async () => ['127.0.0.1'],
    ca: trusted.cert,
    ...options,
  })
    .post({ url: `https://${host}:${port}/`, headers: {}, body: '{}', deadlineMs: 5000 })
    .then(
      ({ status }) => status,
      ({ code }: { code: unknown }) => code,
    );

describe('a post over HTTPS', () => {
  it('reaches a host whose certificate is trusted and bears its name', async () => {
    expect(await post(await serveTls(trusted))).toBe(200);
  });

  it('does not reach a host with a certificate that nobody vouches for', async () => {
    expect(await post(await serveTls(selfSigned({ name: 'hooks.shop.com' })))).toBe('tls_failed');
  });

  it('does not reach one even when the environment says not to verify', async () => {
    const port = await serveTls(selfSigned({ name: 'hooks.shop.com' }));
    const outcome = await withEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, () => post(port));
    expect(outcome).toBe('tls_failed');
  });

  it('does not reach a host whose certificate bears another name', async () => {
    expect(await post(await serveTls(trusted), {}, 'other.shop.com')).toBe('tls_failed');
  });

  it('does not reach a host whose certificate ran out', async () => {
    const expired = selfSigned({ name: 'hooks.shop.com', until: '20200101000000Z' });
    expect(await post(await serveTls(expired), { ca: expired.cert })).toBe('tls_failed');
  });

  it('does not reach a host that only speaks what was before TLS 1.2', async () => {
    expect(await post(await serveTls({ ...trusted, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }))).toBe('tls_failed');
    expect(await post(await serveTls({ ...trusted, maxVersion: 'TLSv1.2' }))).toBe(200);
  });

  it('does not reach a host that speaks no TLS at all', async () => {
    expect(
      await post(
        await listen(createTcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n').on('error', () => {}))),
      ),
    ).toBe('tls_failed');
  });

  it('is left at the deadline when the host never shakes hands', async () => {
    const port = await listen(createTcpServer((socket) => socket.on('error', () => {})));
    const sender = createHttpSender({ allowLoopback: true, resolve: async () => ['127.0.0.1'] });
    await expect(
      sender.post({ url: `https://hooks.shop.com:${port}/`, headers: {}, body: '', deadlineMs: 300 }),
    ).rejects.toMatchObject({ code: 'deadline' });
  });
});
