import { expect, it } from '@jest/globals';
import type { PluginHost, PluginStore } from '@payonce/plugin-sdk';
import { memoryHost, mortalHost } from '@payonce/plugin-sdk/testing';
import { callFor, openDesk } from './testing/desk.js';

type Desk = ReturnType<typeof openDesk>;

const order = (desk: Desk, reference: string) => desk.order({ reference, idempotencyKey: reference });

/** The payment's number, whoever asks. */
async function numberOf({ look }: Desk, reference: string): Promise<string> {
  const found = await look(reference);
  return ('processorRef' in found && found.processorRef) || '';
}

const paid = async (desk: Desk, amount: number, key: string) =>
  desk.act(
    'mark_paid',
    { reference: 'att_1', amount, currency: 'EUR', evidence: `line ${key}`, actor: 'ann', part: true },
    key,
  );

const refund = async (desk: Desk, reference: string) =>
  desk.refund({ reference: 'att_1', number: await numberOf(desk, 'att_1') }, 700, reference);

const noted = (desk: Desk, name: string, reference: string) =>
  desk.act(name, { reference, evidence: 'line 9', actor: 'ann' }, `${name}:${reference}`);

/** Two payments: one comes in two parts, and goes back in two, of which one comes back; one is cancelled, and closed. */
const LIFE: readonly ((desk: Desk) => Promise<unknown>)[] = [
  (desk) => order(desk, 'att_1'),
  (desk) => order(desk, 'att_2'),
  (desk) => paid(desk, 1000, 'k1'),
  (desk) => paid(desk, 1500, 'k2'),
  ({ adapter }) => adapter.cancel(callFor({ reference: 'att_2' })),
  (desk) => refund(desk, 'ref_1'),
  (desk) => noted(desk, 'mark_refunded', 'ref_1'),
  (desk) => refund(desk, 'ref_2'),
  (desk) => noted(desk, 'mark_refund_failed', 'ref_2'),
  (desk) => refund(desk, 'ref_3'),
];
const CHANGES = 50;

it.each(['before', 'after'] as const)('notes every transfer once, %s whichever change a process dies', async (dies) => {
  let died = 0;
  for (let changes = 0; changes < CHANGES; changes += 1) {
    const calm = memoryHost();
    const host = mortalHost({ host: calm, changes, dies });
    const after = openDesk({ host: calm });
    for (const step of LIFE) {
      const desk = host.isDead() ? after : openDesk({ host });
      await step(desk).catch(async (thrown: unknown) => {
        if (!host.isDead() || desk === after) throw thrown;
        await step(after);
      });
    }
    if (host.isDead()) died += 1;
    expect(await after.look('att_1')).toMatchObject({ status: 'succeeded', captured: { amount: 2500 } });
    expect(await after.look('att_2')).toMatchObject({ status: 'cancelled' });
    const stands = ['ref_1', 'ref_2', 'ref_3'].map((reference) => after.adapter.retrieveRefund(callFor({ reference })));
    expect((await Promise.all(stands)).map(({ status }) => status)).toEqual(['succeeded', 'failed', 'pending']);
    expect(await after.act('list_open', {})).toMatchObject({ answer: { payments: [] } });
    expect(await after.act('list_refunds', {})).toMatchObject({ answer: { refunds: [{ refund: 'ref_3' }] } });
    expect(await refund(after, 'ref_4')).toMatchObject({ status: 'pending' });
    expect(await refund(after, 'ref_5')).toMatchObject({ status: 'failed', code: 'not_refundable' });
  }
  expect(died).toBeGreaterThan(15);
  expect(died).toBeLessThan(CHANGES);
});

it('writes no payment down once its call is over, so that "not found" can be believed', async () => {
  const calm = memoryHost();
  const call = new AbortController();
  const host: PluginHost = {
    store(scope) {
      const store = calm.store(scope);
      const insert: PluginStore['insert'] = async (key, value) => {
        const isInserted = await store.insert(key, value);
        call.abort();
        return isInserted;
      };
      return { ...store, insert };
    },
  };
  const asked = openDesk({ host }).order({ reference: 'att_1', signal: call.signal });
  await expect(asked).rejects.toMatchObject({ name: 'RetryableError', code: 'no_answer' });
  const { look, order: again } = openDesk({ host: calm });
  expect(await look('att_1')).toEqual({ status: 'not_found' });
  expect((await again({ reference: 'att_1' })).result).toMatchObject({ status: 'processing' });
});
