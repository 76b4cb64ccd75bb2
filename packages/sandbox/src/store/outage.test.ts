import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { newPayment, startBench } from '../testing/bench.js';
import type { Bench } from '../testing/bench.js';
import { eventually } from '../testing/merchant.js';
import type { WirePayment } from '../wire.js';

/** A wire between the sandbox and its database that can be cut. */
interface Wire {
  readonly uri: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

async function wireTo(uri: string): Promise<Wire> {
  const target = new URL(uri);
  const open = new Set<Socket>();
  let whole = true;
  const proxy = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => [near, far].forEach((end) => end.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    uri: `mongodb://127.0.0.1:${(proxy.address() as AddressInfo).port}/?directConnection=true`,
    cut,
    mend: () => void (whole = true),
    async close() {
      cut();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
    },
  };
}

let database: TestDatabase;
let wire: Wire;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('sandbox outage');
  wire = await wireTo(database.uri);
  bench = await startBench({ uri: wire.uri, name: database.name }, { settleAfterMs: 1_000 });
});

afterAll(async () => {
  await bench.close();
  await wire.close();
  await database.close();
});

it('answers 503 while its database is away, then goes on where it was', async () => {
  const { body: open } = await bench.merchant.post<WirePayment>(
    '/v1/payments',
    newPayment({ payment_method: 'pm_card_processing' }),
  );
  const request = newPayment({ payment_method: 'pm_card_visa' });
  wire.cut();
  const refused = await bench.merchant.post<{ code: string }>('/v1/payments', request, { key: 'outage-1' });
  expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect((await fetch(`${bench.origin}/ready`)).status).toBe(503);
  expect((await fetch(`${bench.origin}/health`)).status).toBe(200);
  wire.mend();
  const again = await bench.merchant.post<WirePayment>('/v1/payments', request, { key: 'outage-1' });
  expect(again).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  const read = async () => (await bench.merchant.get<WirePayment>(`/v1/payments/${open.id}`)).body.status;
  expect(await eventually(read, (status) => status !== 'processing')).toBe('succeeded');
  const { body } = await bench.merchant.get<{ entries: unknown[] }>(
    `/v1/ledger?reference=${String(request['reference'])}`,
  );
  expect(body.entries).toHaveLength(1);
}, 60_000);
