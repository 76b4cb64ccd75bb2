import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { TEST_KEYS, adapterFor, newPayment, press, redirectOf } from './testing/bench.js';
import { startFakeStripe } from './testing/fake-stripe.js';
import { readWebhook } from './webhook.js';

const [SECRET] = TEST_KEYS.webhookSecrets;

it('understands what is really posted: a page, a declined card, a payment', async () => {
  const fake = await startFakeStripe(TEST_KEYS);
  const posts: { headers: IncomingHttpHeaders; body: string }[] = [];
  const receiver = createServer((request, response) => {
    void request
      .setEncoding('utf8')
      .toArray()
      .then((chunks) => {
        posts.push({ headers: request.headers, body: chunks.join('') });
        response.writeHead(200, { connection: 'close' }).end();
      });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  fake.postTo({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, secret: SECRET });
  const adapter = await adapterFor({ fake, host: memoryHost() });
  const request = newPayment();
  const page = redirectOf(await adapter.createPayment(request));
  await press(page, { payment_method: 'pm_card_chargeDeclined' });
  await press(page, { payment_method: 'pm_card_visa' });
  while (posts.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
  const results = posts.map(({ headers, body }) =>
    readWebhook({
      headers: { 'stripe-signature': String(headers['stripe-signature']) },
      body: Buffer.from(body),
      mode: 'test',
      secrets: TEST_KEYS.webhookSecrets,
      now: new Date(),
    }),
  );
  const events = results.flatMap((result) => (result.verified ? result.events : []));
  const paid = {
    kind: 'payment',
    reference: request.reference,
    result: { status: 'succeeded', captured: request.amount },
  };
  const sorted = events.toSorted((one, other) => one.kind.localeCompare(other.kind));
  expect(sorted).toMatchObject([{ kind: 'ignored', type: 'payment_intent.payment_failed' }, paid, paid, paid]);
  receiver.close();
  await fake.close();
});
