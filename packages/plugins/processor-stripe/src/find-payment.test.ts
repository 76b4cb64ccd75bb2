import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { ProcessorAdapter } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { TEST_KEYS, adapterFor, callFor, failure, newPayment, press, redirectOf, refOf } from './testing/bench.js';
import { createIntent } from './testing/fake-intents.js';
import { startFakeStripe } from './testing/fake-stripe.js';
import type { FakeStripe } from './testing/fake-stripe.js';

let fake: FakeStripe;
/** One that sent charges, and one whose notes were lost. */
let adapter: ProcessorAdapter;
let forgetful: ProcessorAdapter;

const host = memoryHost();

beforeAll(async () => {
  fake = await startFakeStripe(TEST_KEYS);
  adapter = await adapterFor({ fake, host });
  forgetful = await adapterFor({ fake, host: memoryHost() });
});

afterEach(() => fake.faults.clear());
afterAll(() => fake.close());

const DAY = 86_400;

/** A payment by token that Stripe has, whether or not anybody heard of it. */
async function charged() {
  const request = newPayment({ paymentMethod: 'pm_card_visa' });
  const result = await adapter.createPayment(request);
  return { reference: request.reference, result };
}

const look = (by: ProcessorAdapter, reference: string, processorRef?: string) =>
  by.retrievePayment(callFor({ reference, ...(processorRef !== undefined && { processorRef }) }));

/** As if everything of now had happened then. */
function date(reference: string, ago: number): void {
  const { intents, sessions } = fake.books;
  for (const intent of intents.filter(({ metadata }) => metadata['payonce_reference'] === reference))
    Object.assign(intent, { created: intent.created - ago });
  for (const session of sessions.filter(({ client_reference_id }) => client_reference_id === reference))
    Object.assign(session, { created: session.created - ago });
}

/** Payments of the account's other shops. */
function crowd(size: number): void {
  for (let number = 0; number < size; number += 1)
    createIntent(fake.books, { amount: 500, currency: 'eur', metadata: {}, captureMethod: 'automatic', returnUrl: '' });
}

it('finds a new payment by our reference before search knows it', async () => {
  const { reference, result } = await charged();
  expect(await look(adapter, reference)).toEqual(result);
  expect(await look(forgetful, reference)).toEqual(result);
});

it('finds an old payment by search when the notes are lost', async () => {
  const { reference, result } = await charged();
  date(reference, 40 * DAY);
  expect(await look(forgetful, reference)).toEqual(result);
  fake.faults.searchLags(60 * DAY);
  expect(await look(forgetful, reference)).toEqual({ status: 'not_found' });
});

it('finds a payment among hundreds of others', async () => {
  const { reference, result } = await charged();
  crowd(250);
  expect(await look(adapter, reference)).toEqual(result);
  expect(await look(forgetful, reference)).toEqual(result);
});

it('does not believe what search says of a payment, only that there is one', async () => {
  const { reference } = await charged();
  date(reference, 2 * DAY);
  const before = fake.asked.length;
  await look(forgetful, reference);
  expect(fake.asked.slice(before)).toContainEqual(expect.stringMatching(/^GET \/v1\/payment_intents\/pi_/));
});

it('finds an open page by our reference, and by its id', async () => {
  const request = newPayment();
  const result = await adapter.createPayment(request);
  for (const by of [adapter, forgetful]) {
    expect(await look(by, request.reference)).toEqual(result);
    expect(await look(by, request.reference, refOf(result))).toEqual(result);
  }
});

it('finds the payment of a page that was paid under the id of the page', async () => {
  const request = newPayment();
  const page = await adapter.createPayment(request);
  await press(redirectOf(page), { payment_method: 'pm_card_visa' });
  expect(await look(adapter, request.reference, refOf(page))).toMatchObject({
    status: 'succeeded',
    processorRef: expect.stringMatching(/^pi_/),
  });
});

it('does not take an id for an answer that belongs to another reference', async () => {
  const [one, other] = [await charged(), await charged()];
  expect(await look(adapter, one.reference, refOf(other.result))).toEqual(one.result);
  expect(await look(adapter, 'att_of_nobody', refOf(other.result))).toEqual({ status: 'not_found' });
});

it('falls back to our reference when Stripe does not know the id', async () => {
  const { reference, result } = await charged();
  for (const wrong of ['pi_gone', 'cs_test_gone', 'ch_whatever', 'pi_/../../x'])
    expect(await look(adapter, reference, wrong)).toEqual(result);
});

it('never says that nothing is there when Stripe does not answer', async () => {
  const { reference } = await charged();
  fake.faults.answer({ status: 500, text: '{"error":{"type":"api_error"}}' });
  expect(await failure(look(adapter, reference))).toBe('retryable processor_error');
});

it('finds a page that was opened hours after it was first asked for', async () => {
  const request = newPayment();
  const { reference } = request;
  fake.faults.answer({ status: 429, text: '{"error":{"type":"rate_limit"}}' });
  expect(await failure(adapter.createPayment(request))).toBe('not_sent processor_rate_limited');
  fake.faults.clear();
  const notes = host.store({ business: 'bus_1', mode: 'test' });
  const note = await notes.get(`charge/${reference}`);
  if (note) await notes.replace({ ...note, value: { sentAt: Math.floor(Date.now() / 1_000) - 5 * 3_600 } });
  const page = await adapter.createPayment(request);
  expect(await look(adapter, reference)).toEqual(page);
});

it('never says that nothing is there when it cannot read what is ours', async () => {
  const { reference } = await charged();
  const own = fake.books.intents.filter(({ metadata }) => metadata['payonce_reference'] === reference);
  for (const intent of own) Object.assign(intent, { status: 'requires_something_new' });
  expect(await failure(look(adapter, reference))).toBe('retryable processor_answer_invalid');
});

it('never says that nothing is there when there is more than it can look through', async () => {
  crowd(2_001);
  expect(await failure(look(adapter, 'att_of_nobody'))).toBe('retryable too_many_payments');
});
