import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { refundIs, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import { resolveUpdate } from '../messages/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('routing'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.tax.asked.length = 0;
  shop.tax.down.clear();
  shop.elsewhere.charges.length = 0;
  shop.elsewhere.ledger.length = 0;
});

const germansElsewhere = { servedBy: { processorRules: [{ use: 'elsewhere', countries: ['DE'] }] } };

describe('a processor by country', () => {
  it('takes the money of buyers from there, and everything that follows', async () => {
    const session = await at.settled(germansElsewhere);
    const payment = await shop.payment(session);
    expect(payment).toMatchObject({ processor: 'elsewhere', attempt: { frozen: { by: { processor: 'elsewhere' } } } });
    const id = await at.refund(session);
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(shop.elsewhere.ledger.map(({ kind }) => kind)).toEqual(['charge', 'refund']);
    expect(at.chargesOf(payment.attempt?.id ?? 'att_')).toEqual([]);
  });

  it('is asked about its own attempts, when others take those of other buyers', async () => {
    shop.elsewhere.charges.push('redirect');
    const session = await shop.open(germansElsewhere);
    const { attempt } = await shop.pay(session);
    await shop.until(session, ({ status }) => status === 'requires_customer_action');
    shop.elsewhere.settle(attempt, 'succeeded');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, isSettled);
    expect(shop.elsewhere.calls).toContain(`retrieve ${attempt}`);
    expect(shop.processor.calls.filter((call) => call.endsWith(attempt))).toEqual([]);
  });

  it('is not that of buyers from anywhere else', async () => {
    const session = await at.settled({ servedBy: { processorRules: [{ use: 'elsewhere', countries: ['CH'] }] } });
    expect(await shop.payment(session)).toMatchObject({ processor: 'scripted' });
    expect(shop.elsewhere.ledger).toEqual([]);
  });
});

const BOOKS = {
  servedBy: {
    taxRules: [
      { use: 'books', categories: ['e_book'] },
      { use: 'abroad', categories: ['saas'] },
    ],
  },
  more: [{ category: 'e_book' }, { category: 'saas' }],
} as const;

/** A sale of three lines, each taxed by another calculator. */
async function sold(): Promise<Session> {
  const session = await shop.open(BOOKS);
  await shop.pay(session, 3000);
  return session;
}

describe('tax by category', () => {
  it('is quoted by each calculator for its own lines, and kept on record by each', async () => {
    const session = await sold();
    const { attempt } = await shop.until(session, isSettled);
    expect(attempt?.frozen?.quote.lines.map(({ taxes: [tax] }) => tax?.name)).toEqual(['VAT', 'books', 'abroad']);
    expect(attempt?.frozen?.quote.tax).toBe(160 + 65);
    expect(shop.tax.asked).toEqual([
      'books calculate line_1',
      'abroad calculate line_2',
      `books commit ${session.payment}`,
      `abroad commit ${session.payment}`,
    ]);
  });

  it('parks what one cannot keep, while the others do and the goods go out', async () => {
    shop.tax.down.add('books');
    const session = await sold();
    const parked = await at.untilCase(session, 'tax');
    expect(parked.reason).toContain('records_closed');
    expect(shop.tax.asked).toContain(`abroad commit ${session.payment}`);
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
    shop.tax.down.clear();
    const retry = { case: 'tax', action: 'retry', actor: 'ann' } as const;
    await workflowOf(shop, session).executeUpdate(resolveUpdate, { args: [retry] });
    await shop.until(session, isSettled);
    expect(shop.tax.asked).toContain(`books commit ${session.payment}`);
  });

  it('is not put on record again by a run from the record, which could be after it was withdrawn', async () => {
    const session = await sold();
    await shop.until(session, isSettled);
    await shop.until(session, refundIs(await at.refund(session), 'succeeded'));
    await environment.sleep('31 days');
    expect(await workflowOf(shop, session).result()).toMatchObject({ state: 'paid' });
    const before = [...shop.tax.asked];
    expect(before.at(-1)).toBe(`abroad void ${session.payment}`);
    const [grant] = await at.grantsOf(session);
    await shop.client.endGrant({ ...session, session: session.id, grant: grant?.id ?? 'entg_' });
    await environment.sleep('1 minute');
    expect(await workflowOf(shop, session).result()).toMatchObject({ state: 'paid' });
    expect(shop.tax.asked).toEqual(before);
  });

  it('is withdrawn by each once everything went back, and not before', async () => {
    const session = await sold();
    await shop.until(session, isSettled);
    const voided = () => shop.tax.asked.filter((call) => call.includes(' void '));
    const part = await at.refund(session, 500);
    await shop.until(session, refundIs(part, 'succeeded'));
    expect(voided()).toEqual([]);
    const rest = await at.refund(session);
    await shop.until(session, refundIs(rest, 'succeeded'));
    await eventually(
      async () => voided(),
      (calls) => calls.length === 2,
    );
    expect(voided()).toEqual([`books void ${session.payment}`, `abroad void ${session.payment}`]);
  });
});
