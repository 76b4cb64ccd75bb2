import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { webhookResult } from '@payonce/plugin-sdk/schemas';
import { startSandbox } from '@payonce/sandbox';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import { readWebhook } from './webhook.js';

const SECRET = 'sandbox-webhook-secret';
const NOW = new Date('2026-05-02T12:00:00Z');
const SECONDS = NOW.getTime() / 1_000;

const payment = {
  id: 'sp_1',
  reference: 'att_1',
  amount: 1255,
  amount_captured: 1255,
  currency: 'EUR',
  status: 'succeeded',
};
const event = (fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    id: 'sev_1',
    type: 'payment.succeeded',
    created_at: NOW.toISOString(),
    data: { payment },
    ...fields,
  });
const digest = (body: string, at: number, secret = SECRET): string =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
const signed = (body: string, at = SECONDS, secret = SECRET): string => `t=${at},v1=${digest(body, at, secret)}`;
const read = (body: string, signature: string, name = 'sandbox-signature') =>
  readWebhook({ headers: { [name]: signature }, body: Buffer.from(body), secret: SECRET, now: NOW });

describe('a webhook', () => {
  it('that is signed is read', () => {
    const result = read(event(), signed(event()), 'Sandbox-Signature');
    expect(result).toEqual({
      verified: true,
      account: 'sandbox',
      events: [
        {
          id: 'sev_1',
          kind: 'payment',
          reference: 'att_1',
          result: {
            status: 'succeeded',
            processorRef: 'sp_1',
            captured: { amount: 1255, currency: 'EUR' },
            method: 'card',
          },
        },
      ],
    });
    expect(webhookResult.parse(result)).toEqual(result);
  });

  it('about a refund is read', () => {
    const refund = {
      id: 'sr_1',
      payment: 'sp_1',
      reference: 'ref_1',
      amount: 5,
      currency: 'EUR',
      status: 'failed',
      failure_code: 'REFUND_DECLINED',
    };
    const body = event({ type: 'refund.failed', data: { refund } });
    const result = read(body, signed(body));
    expect(result).toMatchObject({
      events: [{ kind: 'refund', reference: 'ref_1', result: { status: 'failed', code: 'REFUND_DECLINED' } }],
    });
    expect(webhookResult.parse(result)).toEqual(result);
  });

  it('of a kind that we do not know is ignored, and a decline code that we do not know is still a decline', () => {
    const unknown = event({ type: 'dispute.opened' });
    expect(read(unknown, signed(unknown))).toMatchObject({
      events: [{ id: 'sev_1', kind: 'ignored', type: 'dispute.opened' }],
    });
    const declined = event({ data: { payment: { ...payment, status: 'failed', decline_code: 'NEW_CODE' } } });
    expect(read(declined, signed(declined))).toMatchObject({
      events: [{ result: { status: 'failed', declineCode: 'GENERIC_DECLINE' } }],
    });
  });

  it('may carry the signatures of two secrets', () => {
    const two = `t=${SECONDS},v1=${digest(event(), SECONDS, 'the old secret')},v1=${digest(event(), SECONDS)}`;
    expect(read(event(), two).verified).toBe(true);
  });

  it.each([-300, 300])('is accepted %i seconds off', (offset) => {
    expect(read(event(), signed(event(), SECONDS + offset)).verified).toBe(true);
  });

  it.each([
    ['no signature', event(), ''],
    ['another secret', event(), signed(event(), SECONDS, 'another secret')],
    ['a changed body', event({ id: 'sev_2' }), signed(event())],
    ['one more space', `${event()} `, signed(event())],
    ['a changed timestamp', event(), signed(event()).replace(`t=${SECONDS}`, `t=${SECONDS + 1}`)],
    ['an old timestamp', event(), signed(event(), SECONDS - 301)],
    ['a timestamp from the future', event(), signed(event(), SECONDS + 301)],
    ['half a signature', event(), signed(event()).slice(0, -2)],
    ['a signature of another version only', event(), signed(event()).replace('v1=', 'v0=')],
    [
      'a hundred signatures',
      event(),
      `t=${SECONDS},${Array.from({ length: 100 }, () => `v1=${digest(event(), SECONDS)}`).join(',')}`,
    ],
    ['a body that is not JSON', 'no', signed('no')],
    ['a body that is no event', '[]', signed('[]')],
    ['a negative amount', event({ data: { payment: { ...payment, amount_captured: -1 } } }), undefined],
    ['an amount that is a text', event({ data: { payment: { ...payment, amount_captured: '1255' } } }), undefined],
    ['a currency of nowhere', event({ data: { payment: { ...payment, currency: 'XXX' } } }), undefined],
    ['nothing in it', event({ data: {} }), undefined],
    ['more than a megabyte', 'x'.repeat(1_000_001), undefined],
  ])('with %s is refused', (_what, body, signature) => {
    const result = read(body, signature ?? signed(body));
    expect(result.verified).toBe(false);
    expect(webhookResult.parse(result)).toEqual(result);
  });
});

it('understands what the sandbox really sends', async () => {
  const database = await testDatabase('processor sandbox webhook');
  let arrive: (post: { headers: IncomingHttpHeaders; body: Buffer }) => void = () => undefined;
  const arrived = new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve) => (arrive = resolve));
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrive({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(200, { connection: 'close' }).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/inbound`;
  const options = { mongodbUri: database.uri, database: database.name, secretKey: 'sandbox-secret-key' };
  const sandbox = await startSandbox({ ...options, webhook: { url, secret: SECRET } });
  const fields = {
    reference: 'att_9',
    amount: 5,
    currency: 'EUR',
    return_url: 'http://localhost/',
    payment_method: 'pm_card_declined',
  };
  await fetch(`${sandbox.origin}/v1/payments`, {
    method: 'POST',
    headers: { authorization: 'Bearer sandbox-secret-key', 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
  const { headers, body } = await arrived;
  const result = readWebhook({
    headers: { 'sandbox-signature': String(headers['sandbox-signature']) },
    body,
    secret: SECRET,
    now: new Date(),
  });
  expect(result).toMatchObject({
    verified: true,
    events: [
      {
        kind: 'payment',
        reference: 'att_9',
        result: { status: 'failed', declineCode: 'CARD_DECLINED', card: { last4: '0002' } },
      },
    ],
  });
  await sandbox.close();
  receiver.close();
  await database.close();
});
