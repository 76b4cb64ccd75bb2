import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import { connectMongo } from './connect.js';

describe('connecting', () => {
  it('answers a database that can be pinged', async () => {
    const mongodb = await testDatabase('connect');
    const { db, ping, close } = await connectMongo({ uri: mongodb.uri, database: mongodb.name });
    await ping();
    expect(db.databaseName).toBe(mongodb.name);
    await close();
    await mongodb.close();
    await expect(ping()).rejects.toThrow(/closed|connect/i);
  });

  it('rejects within seconds when nobody listens', async () => {
    const started = Date.now();
    await expect(connectMongo({ uri: 'mongodb://127.0.0.1:1/', database: 'x' })).rejects.toThrow('ECONNREFUSED');
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});

describe('a server that accepts and never answers', () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  let port: number;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('is given up within seconds', async () => {
    const started = Date.now();
    await expect(connectMongo({ uri: `mongodb://127.0.0.1:${port}/`, database: 'x' })).rejects.toThrow(
      /timed out|timeout/i,
    );
    expect(Date.now() - started).toBeLessThan(9_000);
  });
});
