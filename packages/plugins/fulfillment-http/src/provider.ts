import { PermanentError } from '@payonce/plugin-sdk';
import type { Delivered, Fulfill, FulfillmentProvider, Grant, Pending, PluginHost, Revoke } from '@payonce/plugin-sdk';
import { failureIn } from '@payonce/plugin-sdk/http';
import { RECEIVER, httpClient } from './client.js';
import type { HttpClient } from './client.js';
import { complete } from './complete.js';
import type { HttpOptions } from './options.js';
import { end, keep, open } from './record.js';
import { answerOf, wireDelivered, wireGrant } from './wire.js';

/** What calls need of the world. */
export interface HttpDeps {
  readonly host: PluginHost;
  readonly options: HttpOptions;
  now(): Date;
}

/** Hands over through the merchant's own system. Repeat-safe there by the id of the message, here by the record of the grant. */
export function httpProvider({ host, options, now }: HttpDeps): FulfillmentProvider {
  const { id, displayName, settings } = options;
  const client = httpClient({ ...options, now });
  return {
    id,
    displayName,
    reach: 'outside',
    settings: settings.parser,
    describe: () => ({
      summary: 'Handed over by a signed call to a system of your own, at once or later.',
      settings: structuredClone(settings.schema),
    }),
    async fulfill(request) {
      await ensureSettings(options, request.grant);
      const place = { store: host.store(request.grant), grant: request.grant.id };
      const before = await open(place);
      if (before) return before;
      const answer = await askFor(client, request);
      if (answer.outcome === 'pending') return (await open(place)) ?? answer;
      const { idempotencyKey: key } = request;
      return keep({ ...place, done: { state: 'done', key, at: now().toISOString(), delivered: answer } });
    },
    async revoke(request) {
      await end({ store: host.store(request.grant), grant: request.grant.id });
      await takeBack(client, request);
    },
    actions: { complete: complete({ host, now }) },
  };
}

const peopleOf = ({ customer }: Grant): readonly string[] => [customer.email, customer.name];

async function askFor(client: HttpClient, { grant, mode, ...call }: Fulfill): Promise<Delivered | Pending> {
  const people = peopleOf(grant);
  const reply = await client.post({
    ...call,
    type: 'fulfill',
    body: { type: 'fulfill', mode, grant: wireGrant(grant) },
    people,
  });
  if (reply.status === 410) throw failureIn({ who: RECEIVER, hidden: people, ...reply });
  return answerOf(reply.json);
}

/** Any success will do, and so does 410: what is gone gives no access. */
const takeBack = async (client: HttpClient, { grant, mode, reason, delivered, ...call }: Revoke): Promise<void> =>
  void (await client.post({
    ...call,
    type: 'revoke',
    body: {
      type: 'revoke',
      mode,
      reason,
      grant: wireGrant(grant),
      delivered: delivered === undefined ? null : wireDelivered(delivered),
    },
    people: peopleOf(grant),
  }));

/** A grant whose settings cannot be read will not be readable later: somebody has to look at the product. */
async function ensureSettings({ settings }: HttpOptions, { product, settings: given }: Grant): Promise<void> {
  const { issues } = await settings.parser['~standard'].validate(given);
  if (issues === undefined) return;
  throw new PermanentError({
    code: 'settings_invalid',
    message: `the settings of product ${product} do not parse: save them again, then retry`,
  });
}
