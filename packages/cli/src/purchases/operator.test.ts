import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Payment, Session } from '@payonce/engine/domain';
import { eventually } from '../../../../test/support/eventually.js';
import { openDesk } from '../../../../test/support/operator-desk.js';
import type { OperatorDesk } from '../../../../test/support/operator-desk.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { Desk } from '../connections/shop.js';
import { decide } from './decide.js';
import { gatherDossier } from './dossier.js';
import { dossierJson } from './dossier-json.js';
import { dossierText } from './dossier-text.js';
import { findStuck } from './stuck.js';
import type { Stuck } from './stuck-entry.js';
import { takeUpAgain } from './take-up-again.js';

let opened: OperatorDesk;
let shop: RunningShop;
let desk: Desk;

beforeAll(async () => {
  opened = await openDesk();
  ({ shop, desk } = opened);
}, 60_000);

afterAll(() => opened.close());

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

/** What is stuck of this purchase. */
const stuckOf = async ({ payment }: Session, now = new Date()): Promise<readonly Stuck[]> =>
  (await findStuck(desk, { now, days: 30 })).filter(({ object }) => object === payment);

/** A purchase that is paid, and whose one grant failed for good. */
async function failedPurchase(): Promise<Session> {
  shop.goods.plans.push('permanent');
  const session = await shop.open();
  await shop.pay(session);
  await eventually(
    () => stuckOf(session),
    (found) => found.length > 0,
  );
  return session;
}

it('finds nothing while everything goes on by itself', async () => {
  const session = await shop.open();
  await shop.pay(session);
  await shop.until(session, isSettled);
  expect(await findStuck(desk, { now: inMinutes(10), days: 30 })).toEqual([]);
});

it('lists a failed grant with the command that decides it, until it is decided', async () => {
  const session = await failedPurchase();
  const [found] = await stuckOf(session);
  expect(found?.what).toMatch(/^grant:entg_\S+: /);
  expect(found?.todo).toMatch(new RegExp(`^payonce resolve ${session.payment} --case grant:entg_\\S+ --action ACTION`));
  await decide(desk, () => desk.purchases.retryFulfillment({ session: session.id, actor: 'test' }));
  await shop.until(session, isSettled);
  await eventually(
    () => stuckOf(session),
    (left) => left.length === 0,
  );
});

it('lists a purchase whose processor refuses for good what we send, until an attempt fares better', async () => {
  shop.processor.charges.push('key_refused');
  const session = await shop.open();
  await shop.pay(session);
  const [found] = await eventually(
    () => stuckOf(session),
    (listed) => listed.length > 0,
  );
  expect(found?.what).toBe('processor:scripted: refuses for good what we send it: key_invalid');
  expect(found?.todo).toMatch(/--action ACTION {3}\(dismiss\)$/);
  await shop.pay(session);
  await eventually(
    () => stuckOf(session),
    (left) => left.length === 0,
  );
});

it('shows a purchase with its case, and no word about its buyer or their key', async () => {
  const session = await failedPurchase();
  const dossier = await gatherDossier(desk, session.payment);
  const text = dossierText(dossier);
  expect(text).toContain(`→ payonce resolve ${session.payment} --case grant:entg_`);
  expect(text).toMatch(/paid +\S+, 10\.00 EUR, invoice /);
  expect(text).toMatch(/entg_\S+ +failed +goods/);
  expect(dossierJson(await gatherDossier(desk, session.id))).toMatchObject({
    payment: { id: session.payment, status: 'succeeded', state: { kind: 'paid' } },
    workflow: { id: `purchase/${session.id}`, running: true },
    live: { attention: [{ kind: 'grant' }] },
  });
  expect(text + JSON.stringify(dossierJson(dossier))).not.toMatch(/canary|KEY-/i);
});

it('tells in the words of the purchase why a decision is refused', async () => {
  const session = await failedPurchase();
  const tell = (resolution: { case: string; action: 'retry' | 'deliverByHand' }): Promise<void> =>
    decide(desk, () => desk.purchases.resolve({ session: session.id, resolution: { ...resolution, actor: 'test' } }));
  await expect(tell({ case: 'refund', action: 'retry' })).rejects.toThrow('Refused: no such case');
  await expect(tell({ case: 'grant', action: 'deliverByHand' })).rejects.toThrow('needs "evidence"');
});

it('takes a paid purchase up again whose workflow is gone, and charges nothing', async () => {
  const session = await failedPurchase();
  await workflowOf(shop, session).terminate('lost');
  const [found] = await eventually(
    () => stuckOf(session, inMinutes(10)),
    (all) => all.some(({ todo }) => todo.includes('retry')),
  );
  expect(found?.todo).toBe(`payonce retry ${session.payment}`);
  await takeUpAgain(desk, await recordOf(session));
  const { attempt } = await shop.until(session, isSettled);
  expect(shop.processor.ledger.filter(({ reference }) => reference === attempt?.id)).toHaveLength(1);
});

const recordOf = (session: Session): Promise<Payment> => shop.payment(session);

it('finds sessions that no worker ever started, the oldest first', async () => {
  const first = await shop.newSession();
  const second = await shop.newSession();
  const found = (await findStuck(desk, { now: inMinutes(10), days: 30 })).filter(({ what }) =>
    what.endsWith('never started'),
  );
  expect(found.map(({ object }) => object)).toEqual([first.payment, second.payment]);
});

it('refuses ids that name nothing', async () => {
  await expect(gatherDossier(desk, 'nonsense')).rejects.toThrow('is not the id of a payment');
  await expect(gatherDossier(desk, `pay_${'x'.repeat(21)}`)).rejects.toThrow('There is no purchase');
});
