import { expect, it } from '@jest/globals';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { NOW, desk, openOffice, shakyHost, ticketFor } from './testing/box-office.js';

const open = () => desk(openOffice(shakyHost(memoryHost(), { breaks: 0 })));
const ADMITTED = {
  admitted: true,
  at: NOW.toISOString(),
  gate: null,
  event: 'pdt_workshop',
  product: 'pdt_workshop',
  payment: 'pay_ada',
  grant: 'entg_ada',
  unit: 0,
};

it('admits exactly one of two hundred check-ins of a ticket, and tells the others when', async () => {
  const { buy, act } = open();
  const code = await buy(ticketFor('ada', 10));
  const answers = await Promise.all(Array.from({ length: 200 }, () => act('check_in', { code, gate: 'north' })));
  expect(answers.filter(({ outcome }) => outcome === 'done')).toEqual([
    { outcome: 'done', answer: { ...ADMITTED, gate: 'north' } },
  ]);
  expect(answers.find(({ outcome }) => outcome === 'refused')).toEqual({
    outcome: 'refused',
    code: 'already_admitted',
    message: `the ticket was used at ${NOW.toISOString()} (north): do not admit twice`,
  });
});

it('answers a repetition with the same admission, also after it was undone', async () => {
  const { buy, act } = open();
  const code = await buy(ticketFor('ada', 10));
  const scan = (key: string) => act('check_in', { code, at: '2027-05-01T19:10:00+02:00' }, key);
  const first = await scan('k1');
  expect(first).toMatchObject({ outcome: 'done', answer: { at: '2027-05-01T19:10:00+02:00' } });
  expect(await Promise.all([scan('k1'), scan('k1')])).toEqual([first, first]);
  const undone = await act('undo_check_in', { code }, 'u1');
  expect(undone).toMatchObject({ outcome: 'done', answer: { admitted: false } });
  expect(await scan('k1')).toEqual(first);
  expect(await act('undo_check_in', { code }, 'u2')).toMatchObject({ code: 'not_admitted' });
  expect(await act('check_in', { code }, 'k2')).toMatchObject({ outcome: 'done' });
  expect(await act('undo_check_in', { code }, 'u1')).toEqual(undone);
  expect(await act('check_in', { code }, 'k3')).toMatchObject({ code: 'already_admitted' });
});

it('takes a code as people type it', async () => {
  const { buy, act } = open();
  const code = await buy(ticketFor('ada', 10));
  const typed = code.replaceAll('-', ' ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
  expect(await act('check_in', { code: typed })).toMatchObject({ outcome: 'done' });
});

it('refuses what is mistyped, unknown, revoked or for another event, each with a code of its own', async () => {
  const { buy, act, revoke } = open();
  const code = await buy(ticketFor('ada', 10, { event: 'summer' }));
  const mistyped = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;
  const refusal = async (input: Parameters<typeof act>[1]) => act('check_in', input);
  expect(await refusal({ code: mistyped })).toMatchObject({ outcome: 'refused', code: 'mistyped_code' });
  expect(await refusal({ code: '00000-00000-00000-00000' })).toMatchObject({ code: 'unknown_ticket' });
  expect(await refusal({ code, event: 'winter' })).toMatchObject({ code: 'other_event' });
  expect(await refusal({ code, event: 'summer' })).toMatchObject({ outcome: 'done' });
  await revoke(ticketFor('ada', 10, { event: 'summer' }));
  expect(await refusal({ code })).toMatchObject({ code: 'ticket_revoked' });
});

it('admits by the name of the product as well as of the event', async () => {
  const { buy, act } = open();
  const code = await buy(ticketFor('ada', 10, { event: 'summer' }));
  expect(await act('check_in', { code, event: 'pdt_workshop' })).toMatchObject({ outcome: 'done' });
});

it('lists who has a ticket, page by page, without those who gave theirs back', async () => {
  const { buy, act, reserve, release, revoke } = open();
  const grants = ['a', 'b', 'c', 'd', 'e'].map((id) => ticketFor(id, 10));
  const [a, b, c, d, e] = grants;
  if (!a || !b || !c || !d || !e) throw new TypeError('there are five grants');
  await act('check_in', { code: await buy(a), gate: 'south' });
  await buy(b);
  await reserve(c);
  await release(c);
  await reserve(d);
  await buy(e);
  await revoke(e);
  const page = async (after: string | null) => {
    const answer = await act('attendees', { event: 'pdt_workshop', limit: 3, after });
    return answer.outcome === 'done' ? answer.answer : answer;
  };
  expect(await page(null)).toEqual({
    items: [
      expect.objectContaining({ grant: 'entg_a', state: 'admitted', gate: 'south', admittedAt: NOW.toISOString() }),
      expect.objectContaining({ grant: 'entg_b', state: 'valid', code: expect.stringMatching(/^(\w{5}-){3}\w{5}$/) }),
    ],
    next: 'entg_c',
  });
  expect(await page('entg_c')).toEqual({
    items: [
      expect.objectContaining({ grant: 'entg_d', state: 'held', code: null }),
      expect.objectContaining({ grant: 'entg_e', state: 'revoked' }),
    ],
    next: null,
  });
});
