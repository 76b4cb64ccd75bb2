import { connect, createServer } from 'node:net';
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

  it('waits until a majority has a write in its journal, unless the uri asks for less', async () => {
    const mongodb = await testDatabase('write concern');
    const concernOf = async (uri: string) => {
      const { db, close } = await connectMongo({ uri, database: mongodb.name });
      await close();
      return db.writeConcern;
    };
    const plain = mongodb.uri.replace(/[?&](w|journal)=[^&]*/g, '');
    expect(await concernOf(plain)).toMatchObject({ w: 'majority', journal: true });
    const loose = await concernOf(`${plain}${plain.includes('?') ? '&' : '?'}journal=false`);
    expect(loose?.journal).toBe(false);
    await mongodb.close();
  });
});

describe('a server that falls silent', () => {
  const held: Socket[] = [];
  const server = createServer();
  let uri: string;
  let silent = false;

  beforeAll(async () => {
    const mongodb = await testDatabase('silent');
    const { hostname, port } = new URL(mongodb.uri);
    server.on('connection', (driver) => {
      const upstream = connect(Number(port), hostname);
      held.push(driver, upstream);
      for (const socket of [driver, upstream]) socket.on('error', () => socket.destroy());
      driver.pipe(upstream).on('data', (reply: Buffer) => silent || driver.write(reply));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    uri = `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true`;
    await mongodb.close();
  });

  afterAll(() => {
    for (const socket of held) socket.destroy();
    server.close();
  });

  it('fails a ping within 3 seconds and a call within the longest answer', async () => {
    silent = false;
    const { db, ping, close } = await connectMongo({ uri, database: 'silent', longestAnswerMs: 1_500 });
    silent = true;
    const started = Date.now();
    await expect(db.collection('x').findOne({})).rejects.toThrow(/timed out|connection|interrupted/i);
    await expect(ping()).rejects.toThrow(/abort|timed out|connection|selection/i);
    expect(Date.now() - started).toBeLessThan(12_000);
    silent = false;
    await close();
  });

  it('is given up within seconds when it never spoke, like one that is not there', async () => {
    silent = true;
    const started = Date.now();
    await Promise.all([
      expect(connectMongo({ uri, database: 'x' })).rejects.toThrow(/timed out|timeout/i),
      expect(connectMongo({ uri: 'mongodb://127.0.0.1:1/', database: 'x' })).rejects.toThrow('ECONNREFUSED'),
    ]);
    expect(Date.now() - started).toBeLessThan(9_000);
  });
});
