import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { receivers } from '../../../../test/setup/receiver.js';
import { guardedConnector, systemResolve } from './guarded-connector.js';

const { serveRaw, close } = receivers();
afterEach(close);

const connect = ({
  hostname,
  port,
  allowLoopback,
}: {
  hostname: string;
  port: number;
  allowLoopback: boolean;
}): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const open = guardedConnector({ allowLoopback, resolve: systemResolve, timeoutMs: 2000 });
    open({ hostname, protocol: 'http:', port: `${port}` }, (error, socket) =>
      error === null ? resolve(socket) : reject(error),
    );
  });

describe('a connection', () => {
  it('is refused by itself for an address in the URL, which asks no name server, and for a name', async () => {
    const port = await serveRaw(() => {});
    for (const hostname of ['127.0.0.1', '[::1]', '::ffff:127.0.0.1', 'localhost']) {
      await expect(connect({ hostname, port, allowLoopback: false })).rejects.toMatchObject({
        code: 'address_refused',
      });
    }
  });

  it('is opened where the policy allows it', async () => {
    const port = await serveRaw(() => {});
    for (const hostname of ['127.0.0.1', 'localhost']) {
      const socket = await connect({ hostname, port, allowLoopback: true });
      expect(socket.remotePort).toBe(port);
      socket.destroy();
    }
  });
});
