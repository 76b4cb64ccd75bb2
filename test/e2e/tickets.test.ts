import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { openBoxOffice } from './box-office.js';
import type { BoxOffice } from './box-office.js';
import { payByForms } from './http-buyer.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const VISA = '4242424242424242';
const CODE = /[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){3}/;

let system: WholeSystem;
let office: BoxOffice;

beforeAll(async () => {
  system = await startWholeSystem({ label: 'tickets' });
  office = openBoxOffice(system);
}, 60_000);

afterAll(() => system.close(), 60_000);

const pageOf = async (session: string): Promise<string> => (await fetch(`${system.url}/session/${session}`)).text();

describe('a ticket', () => {
  let event: string;
  let session: string;
  let payment: string;
  let code: string;

  it('is a code on the page of the order, as text and to be scanned', async () => {
    event = await office.addEvent(2);
    const { session_id, checkout_url } = await office.client.checkoutSessions.create({
      product_cart: [{ product_id: event, quantity: 1 }],
      customer: { email: 'ann@example.com', name: 'Ann Buyer' },
    });
    session = session_id;
    await payByForms({ checkoutUrl: checkout_url ?? '', card: VISA, email: 'ann@example.com' });
    payment = (await office.client.checkoutSessions.retrieve(session)).payment_id ?? '';
    const page = await eventually(
      () => pageOf(session),
      (html) => CODE.test(html),
    );
    code = CODE.exec(page)?.[0] ?? '';
    expect(page).toContain('aria-label="Ticket as a QR code"');
    expect(page).toContain('Sat, May 1, 2027, 19:30 (UTC+02:00)');
    expect((await office.act('availability', { event })).body).toMatchObject({ sold: 1, held: 0, left: 1 });
  });

  it('admits one of two hundred who show it at once, and tells the others when', async () => {
    const scans = Array.from({ length: 200 }, (_, index) =>
      office.act('check_in', { code, event, gate: `gate ${index}` }, `scan-${index}`),
    );
    const answers = await Promise.all(scans);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 200);
    const { at, gate } = answers[winner]?.body ?? {};
    expect(answers[winner]?.body).toMatchObject({ admitted: true, payment, product: event, gate: `gate ${winner}` });
    const message = `the ticket was used at ${String(at)} (${String(gate)}): do not admit twice`;
    expect(answers.filter(({ status }) => status !== 200)).toEqual(
      Array.from({ length: 199 }, () => ({ status: 409, body: { code: 'ALREADY_ADMITTED', message } })),
    );
    const again = await office.act('check_in', { code, event, gate: `gate ${winner}` }, `scan-${winner}`);
    expect(again).toEqual(answers[winner]);
  });

  it('is on the list of attendees, and admits again once the check-in was undone', async () => {
    expect((await office.act('attendees', { event })).body).toMatchObject({
      items: [{ payment, code, state: 'admitted' }],
      next: null,
    });
    expect(await office.act('undo_check_in', { code })).toMatchObject({ status: 200, body: { admitted: false } });
    expect(await office.act('check_in', { code })).toMatchObject({ status: 200, body: { admitted: true } });
  });

  it('admits nobody and frees its seat once the money went back', async () => {
    await office.client.refunds.create({ payment_id: payment });
    await eventually(
      () => pageOf(session),
      (html) => html.includes('Access has ended.'),
    );
    expect(await pageOf(session)).not.toContain(code);
    expect(await office.act('check_in', { code })).toMatchObject({ status: 409, body: { code: 'TICKET_REVOKED' } });
    expect((await office.act('availability', { event })).body).toMatchObject({ sold: 0, held: 0, left: 2 });
  });

  it('is not sold by settings that say no place', async () => {
    const settings = { name: 'Nowhere', startsAt: '2027-05-01T19:30:00Z' };
    const refusal = office.client.post('/entitlements', { body: { name: 'A seat', provider: 'tickets', settings } });
    await expect(refusal).rejects.toMatchObject({ status: 422, message: expect.stringContaining('place') });
  });
});
