import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { newPayment, startBench } from '../testing/bench.js';
import type { Bench } from '../testing/bench.js';
import { card, goesTo, submit, visit } from '../testing/buyer.js';
import type { WirePayment } from '../wire.js';

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('sandbox challenge');
  bench = await startBench(database);
});

afterAll(async () => {
  await bench.close();
  await database.close();
});

const create = async (fields?: Readonly<Record<string, unknown>>): Promise<WirePayment> =>
  (await bench.merchant.post<WirePayment>('/v1/payments', newPayment(fields))).body;
const read = async ({ id }: WirePayment): Promise<WirePayment> =>
  (await bench.merchant.get<WirePayment>(`/v1/payments/${id}`)).body;
const pageOf = ({ action }: WirePayment): string => action?.url ?? '';
const back = (payment: WirePayment, status: string): string =>
  `303 https://shop.example/return?sandbox_payment=${payment.id}&sandbox_status=${status}`;

describe('3-D Secure', () => {
  const challenge = async (): Promise<WirePayment> => {
    const payment = await create();
    expect(goesTo(await submit(pageOf(payment), card('4000000000003220')))).toMatch(/^303 \/pay\/spay_\w+\/challenge$/);
    return read(payment);
  };

  it('asks first, and charges when it is completed', async () => {
    const payment = await challenge();
    expect(payment.status).toBe('requires_action');
    const page = await (await visit(pageOf(payment))).text();
    expect(page).toContain('ending in 3220');
    expect(goesTo(await submit(pageOf(payment), { outcome: 'complete' }))).toBe(back(payment, 'succeeded'));
    expect((await read(payment)).amount_captured).toBe(1255);
  });

  it('fails when the buyer fails it', async () => {
    const payment = await challenge();
    expect(goesTo(await submit(pageOf(payment), { outcome: 'fail' }))).toBe(back(payment, 'failed'));
    expect(await read(payment)).toMatchObject({ status: 'failed', decline_code: 'AUTHENTICATION_FAILURE' });
  });

  it('is not skipped by presenting another card', async () => {
    const payment = await challenge();
    const cardPage = pageOf(payment).replace('/challenge', '');
    expect(goesTo(await submit(cardPage, card('4242424242424242')))).toMatch(/challenge$/);
    expect((await read(payment)).status).toBe('requires_action');
  });

  it('can be cancelled by the merchant; completing it later charges nothing', async () => {
    const payment = await challenge();
    await bench.merchant.post(`/v1/payments/${payment.id}/cancel`);
    expect(goesTo(await submit(pageOf(payment), { outcome: 'complete' }))).toBe(back(payment, 'cancelled'));
  });
});
