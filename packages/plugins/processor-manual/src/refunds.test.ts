import { expect, it } from '@jest/globals';
import { callFor, openDesk } from './testing/desk.js';

async function paidDesk() {
  const desk = openDesk();
  const order = await desk.order();
  await desk.paid(order.number, 2500);
  const lookUp = (reference: string) => desk.adapter.retrieveRefund(callFor({ reference }));
  const mark = (name: 'mark_refunded' | 'mark_refund_failed', reference: string, key?: string) =>
    desk.act(name, { reference, evidence: 'line 8', actor: 'ann' }, key);
  return { desk, order, lookUp, mark };
}

it('keeps a refund pending until an operator made the transfer', async () => {
  const { desk, order, lookUp, mark } = await paidDesk();
  expect(await desk.refund(order, 1000, 'ref_1')).toMatchObject({ status: 'pending' });
  expect(await lookUp('ref_1')).toMatchObject({ status: 'pending' });
  const listed = await desk.act('list_refunds', {});
  expect(listed).toMatchObject({ answer: { refunds: [{ refund: 'ref_1', payment: order.number, amount: 1000 }] } });
  const result = { status: 'succeeded', refunded: { amount: 1000, currency: 'EUR' } };
  expect(await mark('mark_refunded', 'ref_1', 'key-1')).toMatchObject({
    outcome: 'done',
    events: [{ id: 'succeeded:ref_1', kind: 'refund', reference: 'ref_1', result }],
  });
  expect(await lookUp('ref_1')).toMatchObject(result);
  expect(await desk.act('list_refunds', {})).toMatchObject({ answer: { refunds: [] } });
});

it('takes the reference that the transfer quotes, and counts a repeated request once', async () => {
  const { desk, order, mark } = await paidDesk();
  const refund = await desk.refund(order, 1000);
  const number = 'processorRef' in refund ? (refund.processorRef ?? '') : '';
  expect(number.startsWith(`${order.number}-`)).toBe(true);
  const first = await mark('mark_refunded', number.toLowerCase(), 'key-1');
  expect(await mark('mark_refunded', number, 'key-1')).toEqual(first);
  expect(await mark('mark_refunded', number, 'key-2')).toMatchObject({ outcome: 'refused', code: 'already_noted' });
});

it('gives what could not be transferred back to what is refundable', async () => {
  const { desk, order, mark } = await paidDesk();
  await desk.refund(order, 2500, 'ref_1');
  expect(await desk.refund(order, 1, 'ref_2')).toMatchObject({ status: 'failed' });
  expect(await mark('mark_refund_failed', 'ref_1')).toMatchObject({ events: [{ result: { status: 'failed' } }] });
  expect(await desk.refund(order, 2500, 'ref_3')).toMatchObject({ status: 'pending' });
});

it('refunds an over-payment in full, and nothing that was not paid', async () => {
  const desk = openDesk();
  const order = await desk.order();
  expect(await desk.refund(order, 1)).toMatchObject({ status: 'failed', code: 'not_refundable' });
  await desk.paid(order.number, 3000);
  expect(await desk.refund(order, 3000)).toMatchObject({ status: 'pending' });
});
