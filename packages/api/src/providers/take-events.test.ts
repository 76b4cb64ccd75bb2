import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttemptId } from '@payonce/engine/domain';
import { startApi } from '../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../test/support/api/calls.js';
import { ticketDesk } from '../../../../test/support/ticket-desk.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api events of actions', plugins: [ticketDesk().plugin] });
});

afterAll(() => api.close());

const note = (body: object, key?: string) =>
  call(api, { path: '/processors/bank/actions/note_transfer', body, ...(key !== undefined && { key }) });

describe('what an action of a processor learned', () => {
  /** A press of Pay whose money is awaited at the bank. */
  async function awaited(): Promise<{ readonly payment: string; readonly attempt: AttemptId }> {
    const product = await addProduct(api);
    api.purchases.charges.push('processing');
    const { payment } = await buy(api, { product });
    const [attempt] = await api.deps.stores.attempts.list({ payment: payment as `pay_${string}` });
    if (!attempt) throw new Error('nobody pressed Pay');
    return { payment, attempt: attempt.id };
  }

  it('goes into the inbox, once per event, until it is routed', async () => {
    const { attempt } = await awaited();
    const noted = { reference: attempt, amount: 2000, id: 'transfer-1' };
    for (let times = 0; times < 3; times += 1) expect((await note(noted)).status).toBe(200);
    const before = new Date(api.clock.now().getTime() + 1_000);
    const entries = await api.deps.stores.inbox.listUnrouted({ before, limit: 100 });
    expect(entries.filter(({ eventId }) => eventId === 'transfer-1')).toMatchObject([
      { processor: 'bank', account: `${api.shop.business}:test`, mode: 'test', event: { reference: attempt } },
    ]);
  });

  it.each([
    ['another business', () => api.rival.test],
    ['the other mode', () => api.shop.live],
  ])('is not believed about payments of %s', async (_, key) => {
    const { attempt } = await awaited();
    const answer = await note({ reference: attempt, amount: 2000, id: 'forged' }, key());
    expect(answer).toMatchObject({ status: 502, body: { code: 'PLUGIN_ANSWER_INVALID' } });
    const before = new Date(api.clock.now().getTime() + 1_000);
    const entries = await api.deps.stores.inbox.listUnrouted({ before, limit: 100 });
    expect(entries.some(({ eventId }) => eventId === 'forged')).toBe(false);
  });
});
