import { describe, expect, it } from '@jest/globals';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { OPTIONS, act, callFor, openDesk } from './testing/desk.js';

const instruction = (result: object, label: string): unknown =>
  'instructions' in result && Array.isArray(result.instructions)
    ? result.instructions.find((each: { label: string }) => each.label === label)?.value
    : undefined;

describe('what the buyer reads', () => {
  it('is where to send how much, until when, and what to quote', async () => {
    const { number, result } = await openDesk().order();
    expect(number).toMatch(/^TR-[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(result).toEqual({
      status: 'processing',
      processorRef: number,
      instructions: [
        { label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' },
        { label: 'Amount', value: '25.00 EUR' },
        { label: 'Payment reference', value: number },
        { label: 'Pay by', value: '2026-12-07' },
      ],
    });
  });

  it('names the account for the currency and the country', async () => {
    const desk = openDesk();
    const francs = { amount: { amount: 2500, currency: 'CHF' } } as const;
    const swiss = await desk.order({ ...francs, country: 'CH' });
    const german = await desk.order({ ...francs, country: 'DE' });
    expect(instruction(swiss.result, 'IBAN')).toMatch(/^CH93/);
    expect(instruction(german.result, 'IBAN')).toMatch(/^DE89/);
  });

  it('is refused where no account fits, with nothing written', async () => {
    const { adapter, order } = openDesk({ options: { accounts: [{ ...OPTIONS.accounts[1], modes: ['live'] }] } });
    await expect(order()).rejects.toMatchObject({ code: 'no_account' });
    expect(await act(adapter, { name: 'list_open', input: {} })).toMatchObject({ answer: { payments: [] } });
  });

  it('is the same reference again, in the form of the bank if asked for', async () => {
    const host = memoryHost();
    const reference = { format: 'iso11649', prefix: 'SHOP' };
    const { number } = await openDesk({ host, options: { reference } }).order({ reference: 'att_1' });
    const again = await openDesk({ host, options: { reference } }).order({ reference: 'att_1' });
    expect(number).toMatch(/^RF\d\d SHOP [0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{2}$/);
    expect(again.number).toBe(number);
    const plain = number.replaceAll(' ', '');
    const digits = [...`${plain.slice(4)}${plain.slice(0, 4)}`].map((each) => Number.parseInt(each, 36)).join('');
    expect(BigInt(digits) % 97n).toBe(1n);
  });
});

describe('a transfer that is noted', () => {
  it('pays by the quoted reference in any spelling, and tells the engine what came', async () => {
    const desk = openDesk();
    const { reference, number } = await desk.order();
    const done = await desk.paid(` ${number.toLowerCase().replaceAll('-', ' ')} `, 2500);
    const result = {
      status: 'succeeded',
      processorRef: number,
      captured: { amount: 2500, currency: 'EUR' },
      method: 'bank_transfer',
    };
    expect(done).toMatchObject({ outcome: 'done', events: [{ kind: 'payment', reference, result }] });
    expect(await desk.look(reference)).toEqual(result);
    expect(await desk.act('list_open', {})).toMatchObject({ answer: { payments: [], after: null } });
  });

  it('says less or more as it is, for the engine to hold or to keep as excess', async () => {
    const desk = openDesk();
    for (const amount of [2400, 2600]) {
      const { reference, number } = await desk.order();
      await desk.paid(number, amount);
      expect(await desk.look(reference)).toMatchObject({ status: 'succeeded', captured: { amount } });
    }
  });

  it('adds up in parts, shows the buyer what is left, and pays with the last', async () => {
    const desk = openDesk();
    const { reference, number } = await desk.order();
    const first = await desk.paid(number, 1000, { part: true });
    expect(first).toMatchObject({ answer: { received: 1000, status: 'processing' } });
    expect(instruction(await desk.look(reference), 'Still to pay')).toBe('15.00 EUR');
    await desk.paid(number, 1500, { part: true });
    expect(await desk.look(reference)).toMatchObject({ status: 'succeeded', captured: { amount: 2500 } });
  });

  it('is noted once when the request comes again', async () => {
    const desk = openDesk();
    const { reference, number } = await desk.order();
    const input = { reference: number, amount: 1000, currency: 'EUR', evidence: 'line 7', actor: 'ann', part: true };
    const first = await desk.act('mark_paid', input, 'key-1');
    expect(await desk.act('mark_paid', input, 'key-1')).toEqual(first);
    expect(instruction(await desk.look(reference), 'Received so far')).toBe('10.00 EUR');
    expect(await desk.act('mark_paid', input)).toMatchObject({ outcome: 'refused', code: 'already_noted' });
  });

  it('is noted by one of twenty operators', async () => {
    const desk = openDesk();
    const { reference, number } = await desk.order();
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.paid(number, 2500)));
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer.outcome === 'refused' && answer.code === 'already_paid')).toHaveLength(19);
    expect(await desk.look(reference)).toMatchObject({ captured: { amount: 2500 } });
  });

  it('is refused for strangers, other currencies on top, and amounts that are none', async () => {
    const desk = openDesk();
    const { number } = await desk.order();
    expect(await desk.paid('TR-00000-00000', 1)).toMatchObject({ code: 'unknown_reference' });
    await desk.paid(number, 1000, { part: true });
    expect(await desk.paid(number, 1000, { currency: 'CHF' })).toMatchObject({ code: 'currency_mixed' });
    await expect(desk.paid(number, 10.5)).rejects.toThrow('expected int');
    await expect(desk.paid(number, 0)).rejects.toThrow('expected number to be >0');
  });

  it('stays with its business and its mode', async () => {
    const { adapter, order, look } = openDesk();
    const { reference, number } = await order();
    const other = callFor({ reference });
    expect(await adapter.retrievePayment({ ...other, business: 'bus_2' })).toEqual({ status: 'not_found' });
    expect(await adapter.retrievePayment({ ...other, mode: 'live' })).toEqual({ status: 'not_found' });
    const input = { reference: number, amount: 2500, currency: 'EUR', evidence: 'line 1', actor: 'eve' };
    expect(await act(adapter, { name: 'mark_paid', input, business: 'bus_2' })).toMatchObject({ outcome: 'refused' });
    expect(await look(reference)).toMatchObject({ status: 'processing' });
  });
});

describe('a payment for which nothing comes', () => {
  it('counts as cancelled after its last day, and leaves the list', async () => {
    const desk = openDesk({ options: { daysToPay: 3 } });
    const { reference } = await desk.order();
    desk.daysPass(2.9);
    expect(await desk.look(reference)).toMatchObject({ status: 'processing' });
    desk.daysPass(0.2);
    expect(await desk.look(reference)).toMatchObject({ status: 'cancelled' });
    expect(await desk.act('list_open', {})).toMatchObject({ answer: { payments: [] } });
  });

  it('is what came, when that was a part', async () => {
    const desk = openDesk({ options: { daysToPay: 3 } });
    const { reference, number } = await desk.order();
    await desk.paid(number, 1000, { part: true });
    desk.daysPass(4);
    expect(await desk.look(reference)).toMatchObject({ status: 'succeeded', captured: { amount: 1000 } });
  });

  it('takes money that comes late all the same', async () => {
    const desk = openDesk({ options: { daysToPay: 3 } });
    const { reference, number } = await desk.order();
    desk.daysPass(4);
    await desk.look(reference);
    expect(await desk.paid(number, 2500)).toMatchObject({ outcome: 'done' });
    expect(await desk.look(reference)).toMatchObject({ status: 'succeeded' });
  });

  it('can be closed by an operator, unless money came', async () => {
    const desk = openDesk();
    const { reference, number } = await desk.order();
    const close = (of: string) => desk.act('mark_failed', { reference: of, actor: 'ann', reason: 'buyer called' });
    expect(await close(number)).toMatchObject({ outcome: 'done', events: [{ result: { status: 'failed' } }] });
    expect(await desk.look(reference)).toMatchObject({ status: 'failed' });
    const partly = await desk.order();
    await desk.paid(partly.number, 100, { part: true });
    expect(await close(partly.number)).toMatchObject({ code: 'partly_paid' });
    const paid = await desk.order();
    await desk.paid(paid.number, 2500);
    expect(await close(paid.number)).toMatchObject({ code: 'already_paid' });
  });
});

it('lists what is open page by page, each order once', async () => {
  const desk = openDesk();
  const numbers = new Set<string>();
  for (let made = 0; made < 150; made += 1) numbers.add((await desk.order()).number);
  const seen: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const done = await desk.act('list_open', { ...(after && { after }) });
    const answer = JSON.parse(JSON.stringify('answer' in done ? done.answer : null));
    seen.push(...answer.payments.map(({ reference }: { reference: string }) => reference));
    after = answer.after;
  }
  expect(seen.toSorted()).toEqual([...numbers].toSorted());
});
