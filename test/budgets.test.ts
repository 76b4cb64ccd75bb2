import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import { Client, Connection } from '@temporalio/client';
import { testTemporalAddress } from './setup/temporal.js';
import { eventually } from './support/eventually.js';
import { screenOf, textOf } from './support/history-text.js';
import { isSettled, runShop, workflowOf } from './support/running-shop.js';
import type { RunningShop } from './support/running-shop.js';
import type { SessionOptions } from './support/carts.js';

let connection: Connection;
let shop: RunningShop;
const counted: string[] = [];

beforeAll(async () => {
  const address = testTemporalAddress();
  connection = await Connection.connect({ address });
  shop = await runShop({ label: 'budgets', client: new Client({ connection }), address });
}, 60_000);

afterAll(async () => {
  process.stdout.write(`Events in the history of a settled purchase: ${counted.join(', ')}\n`);
  await shop.stop();
  await connection.close();
});

/** How many events a run has once it waits for its refund window. */
const eventsOf = async (session: Session): Promise<number> => {
  await shop.until(session, isSettled);
  const { events } = await eventually(
    () => workflowOf(shop, session).fetchHistory(),
    ({ events: so }) => so?.at(-1)?.timerStartedEventAttributes != null,
  );
  return events?.length ?? 0;
};

const paidDirectly = async (options: SessionOptions = {}): Promise<Session> => {
  const session = await shop.open(options);
  await shop.pay(session);
  return session;
};

/** A payment on the processor's page, finished by the buyer and not yet known to us. */
const paidElsewhere = async () => {
  shop.processor.charges.push('redirect');
  const session = await shop.open();
  const { attempt } = await shop.pay(session);
  shop.processor.settle(attempt, 'succeeded');
  return { session, attempt, of: { ...session, session: session.id } };
};

const reported = async (): Promise<Session> => {
  const { session, attempt, of } = await paidElsewhere();
  const outcome = { status: 'succeeded', captured: { amount: 1000, currency: 'EUR' } } as const;
  const inbox = shop.deps.ids.mint('inb');
  await shop.client.report({ ...of, report: { kind: 'payment', inbox, attempt, outcome } });
  return session;
};

const lookedUp = async (): Promise<Session> => {
  const { session, attempt, of } = await paidElsewhere();
  await shop.client.buyerReturned({ ...of, attempt });
  return session;
};

/** What a path costs is the least it can do with: on a busy machine a local step may go on as a regular one, six events more. */
async function fewestOf(sales: number, run: () => Promise<Session>): Promise<number> {
  const counts: number[] = [];
  for (let sale = 0; sale < sales; sale += 1) counts.push(await eventsOf(await run()));
  return Math.min(...counts);
}

describe('the history of a settled purchase', () => {
  const paths: Readonly<Record<string, { readonly budget: number; readonly run: () => Promise<Session> }>> = {
    'paid directly': { budget: 26, run: () => paidDirectly() },
    'paid by redirect, reported': { budget: 33, run: reported },
    'paid by redirect, looked up': { budget: 39, run: lookedUp },
    'paid directly, with a grant outside as well': {
      budget: 32,
      run: () => paidDirectly({ providers: ['goods', 'goods-outside'] }),
    },
    'paid directly, with ten grants of our own stores': { budget: 35, run: () => paidDirectly({ quantity: 10 }) },
  };

  it.each(Object.entries(paths))('stays within its budget: %s', async (path, { budget, run }) => {
    const events = await fewestOf(3, run);
    counted.push(`${path} ${events} of ${budget}`);
    expect(events).toBeLessThanOrEqual(budget);
  });

  it('holds our codes where something failed, and nothing of what others said', async () => {
    shop.processor.charges.push('lost');
    shop.goods.plans.push('retryable');
    const session = await paidDirectly({ providers: ['goods-outside'] });
    await shop.until(session, isSettled);
    const text = await textOf(workflowOf(shop, session));
    expect(text).toContain('answer_lost');
    expect(text).toContain('school_away');
    expect(text).not.toMatch(/the answer was lost|"away"/);
  });
});

describe('what operators search by', () => {
  const found = async (query: string): Promise<readonly string[]> => {
    const ids: string[] = [];
    for await (const { workflowId } of shop.temporal.workflow.list({ query })) ids.push(workflowId);
    return ids;
  };

  it('finds a settled purchase by state, payment, business, mode, processor and money', async () => {
    const session = await paidDirectly();
    const wanted = [
      "PurchaseStatus = 'settled'",
      `PaymentId = '${session.payment}'`,
      `BusinessId = '${shop.business}'`,
      "`Mode` = 'test'",
      "Processor = 'scripted'",
      'Amount = 1000',
      "Currency = 'EUR'",
    ];
    const hits = await eventually(
      () => found(wanted.join(' AND ')),
      (ids) => ids.length > 0,
    );
    expect(hits).toEqual([`purchase/${session.id}`]);
  });

  it('finds what needs a person, since when, and its screen names the state and the next action', async () => {
    shop.goods.plans.push('permanent');
    const session = await paidDirectly();
    const stuck = `PurchaseStatus = 'needs_attention' AND StuckSince IS NOT NULL AND PaymentId = '${session.payment}'`;
    await eventually(
      () => found(stuck),
      (ids) => ids.length === 1,
    );
    const screen = await screenOf(workflowOf(shop, session));
    expect(screen).toMatch(/\*\*needs_attention\*\*: pay_.*, 10\.00 EUR/);
    expect(screen).toMatch(/could not be handed over: seat_gone/);
    expect(screen).toContain(`temporal workflow update execute --workflow-id purchase/${session.id} --name resolve`);
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await shop.until(session, isSettled);
    const solved = `PurchaseStatus = 'settled' AND StuckSince IS NULL AND PaymentId = '${session.payment}'`;
    await eventually(
      () => found(solved),
      (ids) => ids.length === 1,
    );
    expect(await screenOf(workflowOf(shop, session))).toMatch(
      /\*\*settled\*\*.*\n\nWaits for the refund window to close until 2/,
    );
  });
});
