import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { newPayment, startBench } from '../testing/bench.js';
import type { Bench } from '../testing/bench.js';
import { eventually } from '../testing/merchant.js';
import { card, goesTo, submit, visit } from '../testing/buyer.js';
import type { WirePayment } from '../wire.js';

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('sandbox card page');
  bench = await startBench(database);
});

afterAll(async () => {
  await bench.close();
  await database.close();
});

const create = async (fields?: Readonly<Record<string, unknown>>): Promise<WirePayment> =>
  (await bench.merchant.post<WirePayment>('/v1/payments', newPayment(fields))).body;
const read = async ({ id }: WirePayment): Promise<WirePayment> =>
  (await bench.merchant.get<WirePayment>(`/v1/payments/${id}`)).body;
const pageOf = ({ action }: WirePayment): string => action?.url ?? '';
const back = (payment: WirePayment, status: string): string =>
  `303 https://shop.example/return?sandbox_payment=${payment.id}&sandbox_status=${status}`;

describe('the card page', () => {
  it('shows what is sold, the amount on the button, and what each test card does', async () => {
    const response = await visit(pageOf(await create()));
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('<h1>A book</h1>');
    expect(page).toContain('<button type="submit">Pay €12.55</button>');
    expect(page).toContain('4000 0000 0000 9995');
    for (const autocomplete of ['cc-number', 'cc-exp', 'cc-csc', 'cc-name'])
      expect(page).toContain(`autocomplete="${autocomplete}"`);
  });

  it('has no script, no frame and no referrer', async () => {
    const response = await visit(pageOf(await create()));
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('script');
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).not.toMatch(/<script|style=|onclick/);
  });

  it('shows a description as text, whatever it is', async () => {
    const hostile = `<script>alert(1)</script><img src=x onerror="alert('2')">&amp;`;
    const page = await (await visit(pageOf(await create({ description: hostile })))).text();
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
    expect(page).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;&amp;amp;',
    );
  });

  it('does not exist under another secret', async () => {
    expect((await visit(`${bench.origin}/pay/spay_nothing`)).status).toBe(404);
    expect((await submit(`${bench.origin}/pay/spay_nothing`, card('4242424242424242'))).status).toBe(404);
  });
});

describe('paying', () => {
  it('charges and sends the buyer back', async () => {
    const payment = await create();
    expect(goesTo(await submit(pageOf(payment), card('4242 4242 4242 4242')))).toBe(back(payment, 'succeeded'));
    expect(await read(payment)).toMatchObject({
      status: 'succeeded',
      card: { last4: '4242', network: 'visa', exp_month: 12, exp_year: 2034 },
    });
  });

  it.each([
    ['4000000000000002', 'CARD_DECLINED'],
    ['4000000000009995', 'INSUFFICIENT_FUNDS'],
    ['6011111111111117', 'CARD_DECLINED'],
  ])('with %s fails for good with %s and sends the buyer back', async (number, code) => {
    const payment = await create();
    expect(goesTo(await submit(pageOf(payment), card(number)))).toBe(back(payment, 'failed'));
    expect(goesTo(await submit(pageOf(payment), card('4242424242424242')))).toBe(back(payment, 'failed'));
    expect(await read(payment)).toMatchObject({ status: 'failed', decline_code: code });
  });

  it('keeps the query and the fragment of the return address', async () => {
    const payment = await create({ return_url: 'https://shop.example/return?order=7%20a&x=%2F#top' });
    const hint = `sandbox_payment=${payment.id}&sandbox_status=succeeded`;
    const expected = `303 https://shop.example/return?order=7%20a&x=%2F&${hint}#top`;
    expect(goesTo(await submit(pageOf(payment), card('5555555555554444')))).toBe(expected);
  });

  it('charges once when the button is pressed many times', async () => {
    const payment = await create();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => submit(pageOf(payment), card('4242424242424242'))),
    );
    expect(new Set(answers.map(goesTo))).toEqual(new Set([back(payment, 'succeeded')]));
    const { body } = await bench.merchant.get<{ entries: unknown[] }>(`/v1/ledger?reference=${payment.reference}`);
    expect(body.entries).toHaveLength(1);
  });

  it('stays processing with the slow card, then settles', async () => {
    const payment = await create();
    expect(goesTo(await submit(pageOf(payment), card('4000000000000077')))).toBe(back(payment, 'processing'));
    const settled = await eventually(
      () => read(payment),
      ({ status }) => status !== 'processing',
    );
    expect(settled.status).toBe('succeeded');
  });

  it('with the card that loses the answer charges, and the page says so when it is loaded again', async () => {
    const payment = await create();
    await expect(submit(pageOf(payment), card('4000000000000259'))).rejects.toThrow('fetch failed');
    expect((await read(payment)).status).toBe('succeeded');
    expect(await (await visit(pageOf(payment))).text()).toContain('The payment is done');
  });

  it('captures another amount when a fault says so', async () => {
    const payment = await create();
    const rule = {
      operation: 'create_payment',
      effect: 'captured_amount',
      delta: 10,
      times: 1,
      reference: payment.reference,
    };
    await bench.merchant.put('/v1/control/faults', [rule]);
    await submit(pageOf(payment), card('4242424242424242'));
    await bench.merchant.delete('/v1/control/faults');
    expect(await read(payment)).toMatchObject({ amount: 1255, amount_captured: 1265 });
  });
});

describe('a form with mistakes', () => {
  it.each([
    [{ number: '4242424242424241' }, 'This card number is not valid'],
    [{ number: '42' }, 'has 12 to 19 digits'],
    [{ number: '' }, 'Enter the card number'],
    [{ expiry: '13/30' }, 'Enter the expiry date as MM/YY'],
    [{ expiry: '01/20' }, 'This card has expired'],
    [{ cvc: '12' }, 'Enter the 3 digits of the CVC'],
    [{ name: ' ' }, 'Enter the name on the card'],
  ])('%j is told %j and charges nothing', async (fields, message) => {
    const payment = await create();
    const response = await submit(pageOf(payment), card('4242424242424242', fields));
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain(message);
    expect(page).toContain('aria-invalid="true"');
    expect((await read(payment)).status).toBe('requires_action');
  });

  it('brings back name and expiry, never number or CVC', async () => {
    const response = await submit(pageOf(await create()), card('4242424242424241', { cvc: '987', name: '"><b>Ada' }));
    const page = await response.text();
    expect(page).toContain('value="&quot;&gt;&lt;b&gt;Ada"');
    expect(page).toContain('value="12/34"');
    expect(page).not.toContain('4242424242424241');
    expect(page).not.toContain('987"');
  });

  it('is refused when fields are missing, repeated or unknown', async () => {
    const url = pageOf(await create());
    expect((await submit(url, { number: '4242424242424242' })).status).toBe(400);
    expect((await submit(url, { ...card('4242424242424242'), amount: '1' })).status).toBe(400);
    const repeated = new URLSearchParams([...Object.entries(card('4242424242424242')), ['cvc', '123']]);
    expect((await fetch(url, { method: 'POST', body: repeated })).status).toBe(400);
    expect(
      (
        await fetch(url, {
          method: 'POST',
          body: 'x'.repeat(20_000),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
      ).status,
    ).toBe(413);
  });
});

it('cancels on the page, and a visit or payment afterwards changes nothing', async () => {
  const payment = await create();
  expect(goesTo(await submit(`${pageOf(payment)}/cancel`, {}))).toBe(back(payment, 'cancelled'));
  expect(await (await visit(pageOf(payment))).text()).toContain('The payment was cancelled');
  expect(goesTo(await submit(pageOf(payment), card('4242424242424242')))).toBe(back(payment, 'cancelled'));
});

it('keeps no card number, CVC or name anywhere in its database', async () => {
  const payment = await create();
  await submit(pageOf(payment), card('4576238912771450', { cvc: '731', name: 'Grace Canary' }));
  const collections = await database.database.collections();
  const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
  const everything = JSON.stringify(documents);
  expect(everything).toContain('1450');
  for (const secret of ['4576238912771450', '457623', 'Canary', '"731"']) expect(everything).not.toContain(secret);
});
