import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { receivers } from '../../../../test/setup/receiver.js';
import { systemClock, webhookSigner } from '@payonce/engine/adapters';
import { operatorPost } from './operator-webhook.js';

const servers = receivers();
const message = { id: 'ntc_aaaaaaaaaaaaaaaaaaaaa', body: '{"kind":"needs_attention"}' };
const deps = { clock: systemClock, signer: webhookSigner };

afterEach(() => servers.close());

it('posts a message that the official library verifies', async () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const { port, hits } = await servers.serve();
  await operatorPost({ ...deps, url: `http://127.0.0.1:${port}/told`, secret })(message);
  const [hit] = hits;
  const headers = Object.fromEntries(Object.entries(hit?.headers ?? {}).map(([name, value]) => [name, String(value)]));
  expect(new Webhook(secret).verify(hit?.body ?? '', headers)).toEqual({ kind: 'needs_attention' });
});

it('posts without a signature when there is no secret', async () => {
  const { port, hits } = await servers.serve();
  await operatorPost({ ...deps, url: `http://127.0.0.1:${port}/` })(message);
  expect(hits[0]?.headers).toMatchObject({ 'webhook-id': message.id, 'content-type': 'application/json' });
  expect(hits[0]?.headers).not.toHaveProperty('webhook-signature');
});

it.each([500, 302])('takes %d for not arrived', async (status) => {
  const { port, hits } = await servers.serve((_, response) => {
    response.writeHead(status, { location: '/elsewhere' }).end();
  });
  await expect(operatorPost({ ...deps, url: `http://127.0.0.1:${port}/` })(message)).rejects.toThrow(String(status));
  expect(hits).toHaveLength(1);
});
