import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../../test/support/api/calls.js';
import { together } from '../../../../../test/store/open-stores.js';
import { breaches } from '../../../../engine/test/published-schemas.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api refunds' });
  product = await addProduct(api);
});

afterAll(() => api.close());

const refund = (payment: string, fields: object = {}) =>
  call(api, { path: '/refunds', body: { payment_id: payment, ...fields } });
const part = (amount: number | null, item = product) => ({ items: [{ item_id: item, amount }] });
const show = async (payment: string) => (await call(api, { path: `/payments/${payment}` })).body;

describe('a refund', () => {
  it('of everything is shown as the published API shows it, and so is its payment', async () => {
    const { payment } = await buy(api, { product, quantity: 2 });
    const { status, body } = await refund(payment, { reason: 'not needed', metadata: { ticket: 7 } });
    expect(status).toBe(200);
    expect(breaches('RefundResponse', body)).toEqual([]);
    expect(body).toMatchObject({
      status: 'succeeded',
      amount: 4000,
      currency: 'EUR',
      is_partial: false,
      reason: 'not needed',
      metadata: { ticket: 7 },
    });
    expect((await call(api, { path: `/refunds/${String(body['refund_id'])}` })).body).toEqual(body);
    expect(await show(payment)).toMatchObject({ refund_status: 'full', refunds: [{ refund_id: body['refund_id'] }] });
    expect(breaches('PaymentResponse', await show(payment))).toEqual([]);
  });

  it('waits a moment, and is pending when it takes longer', async () => {
    const { payment } = await buy(api, { product });
    api.purchases.refunds.push('pending');
    expect((await refund(payment)).body['status']).toBe('pending');
    api.purchases.refunds.push('failed');
    expect((await refund((await buy(api, { product })).payment)).body['status']).toBe('failed');
  });

  it('is reserved and answered while Temporal is away', async () => {
    const { payment } = await buy(api, { product });
    api.purchases.down = true;
    const answer = await refund(payment);
    api.purchases.down = false;
    expect(answer).toMatchObject({ status: 200, body: { status: 'pending' } });
    expect(await refund(payment)).toMatchObject({ status: 400, body: { code: 'PAYMENT_ALREADY_REFUNDED' } });
  });

  it('never goes over what was paid, however many ask at once', async () => {
    const { payment } = await buy(api, { product });
    const answers = await together(30, () => refund(payment, part(150)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(13);
    expect(
      new Set(answers.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body.code}`)),
    ).toEqual(new Set(['400 LINE_ITEM_REFUND_AMOUNT_TOO_HIGH']));
    const refunds = (await show(payment))['refunds'] as { amount: number }[];
    expect(refunds.reduce((total, { amount }) => total + amount, 0)).toBe(1950);
  });

  it.each([
    [{ items: [{ item_id: 'the product', amount: 2001 }] }, 400, 'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH'],
    [{ items: [{ item_id: 'pdt_other', amount: 100 }] }, 400, 'LINE_ITEM_NOT_FOUND'],
    [{ items: [] }, 422, 'INVALID_REQUEST_BODY'],
    [{ items: [{ item_id: 'the product', amount: 0 }] }, 422, 'INVALID_REQUEST_BODY'],
    [{ items: [{ item_id: 'the product', amount: -5 }] }, 422, 'INVALID_REQUEST_BODY'],
    [{ amount: 100 }, 422, 'INVALID_REQUEST_BODY'],
    [{ reason: 'x'.repeat(3001) }, 422, 'INVALID_REQUEST_BODY'],
  ])('with %j is refused', async (fields, status, code) => {
    const { payment } = await buy(api, { product });
    const real: unknown = JSON.parse(JSON.stringify(fields).replace('the product', product));
    expect(await refund(payment, real as object)).toMatchObject({ status, body: { code } });
  });

  it('of what is not paid, not ours or not there is refused', async () => {
    api.purchases.charges.push('decline');
    const { payment } = await buy(api, { product });
    expect(await refund(payment)).toMatchObject({ status: 400, body: { code: 'PAYMENT_NOT_REFUNDABLE' } });
    expect((await refund('pay_000000000000000000000')).status).toBe(404);
    expect((await refund('nonsense')).status).toBe(404);
  });

  it('has a window of 30 days', async () => {
    const { payment } = await buy(api, { product });
    api.clock.pass(31 * 86_400_000);
    const answer = await refund(payment);
    api.clock.set(new Date());
    expect(answer).toMatchObject({ status: 400, body: { code: 'REFUND_WINDOW_EXPIRED' } });
  });
});

describe('the list of refunds', () => {
  it('filters by status and customer, and shows items as the published API does', async () => {
    const { payment } = await buy(api, { product, email: 'lister@example.com' });
    const made = await refund(payment, part(10));
    const customer = (made.body['customer'] as { customer_id: string }).customer_id;
    const list = async (query: string) => (await call(api, { path: `/refunds?${query}` })).body.items;
    const mine = await list(`customer_id=${customer}`);
    expect(mine?.map((item) => item['refund_id'])).toEqual([made.body['refund_id']]);
    expect(mine?.flatMap((item) => breaches('RefundListItem', item))).toEqual([]);
    expect(await list(`customer_id=${customer}&status=failed`)).toEqual([]);
    expect(await list('status=review')).toEqual([]);
    expect(await list('subscription_id=sub_1')).toEqual([]);
    expect(await list('customer_id=nobody')).toEqual([]);
  });
});
