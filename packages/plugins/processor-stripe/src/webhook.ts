import type { Mode, ProcessorEvent, WebhookResult } from '@payonce/plugin-sdk';
import { pluginErrorKind } from '@payonce/plugin-sdk';
import { verifyTimed } from '@payonce/plugin-sdk/http';
import { z } from 'zod';
import { toEvent } from './events.js';

/** A post to the inbound address: nothing in it is believed before the signature fits. */
export interface WebhookPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly mode: Mode;
  /** Each of which may have signed it. */
  readonly secrets: readonly string[];
  readonly now: Date;
}

const MAX_BYTES = 1_000_000;
const name = z.string().min(1).max(200);
const id = z.string().min(1).max(255);
const envelope = z.object({
  id,
  object: z.literal('event'),
  type: name,
  livemode: z.boolean(),
  account: id.optional(),
  data: z.object({ object: z.unknown() }),
});
/** Events of the second API generation carry an id to ask for, and nothing else. */
const thinEnvelope = z.object({ id, object: z.literal('v2.core.event'), type: name });

/** Verifies the signature over the raw bytes, then reads the event. */
export function readWebhook({ headers, body, mode, secrets, now }: WebhookPost): WebhookResult {
  if (body.byteLength > MAX_BYTES) return refused('the body is too large');
  if (secrets.length === 0) return refused(`Stripe is not configured for ${mode} mode`);
  const verdict = verifyTimed({ headers, header: 'stripe-signature', body, secrets, now });
  if (!verdict.verified) return verdict;
  return read(Buffer.from(body).toString('utf8'), mode);
}

const refused = (reason: string): WebhookResult => ({ verified: false, reason });

function read(text: string, mode: Mode): WebhookResult {
  const json = parseJson(text);
  const thin = thinEnvelope.safeParse(json);
  if (thin.success) return accepted(undefined, { id: thin.data.id, kind: 'ignored', type: thin.data.type });
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return refused('the body is not an event of Stripe');
  const { livemode, account } = parsed.data;
  if (livemode !== (mode === 'live')) return refused('the event is of the other mode');
  const event = account === undefined ? eventOf(parsed.data) : ignored(parsed.data);
  return event === undefined ? refused('the event has not the form of its type') : accepted(account, event);
}

/** Whoever has a connected account can write any reference on a payment to themselves: nothing of ours happens there. */
const ignored = ({ id: event, type }: z.output<typeof envelope>): ProcessorEvent => ({
  id: event,
  kind: 'ignored',
  type,
});

/** Connected accounts are named in the event, the own one is not. */
const accepted = (account: string | undefined, event: ProcessorEvent): WebhookResult => ({
  verified: true,
  account: account ?? 'own',
  events: [event],
});

/** Undefined also for money that cannot be ours. */
function eventOf(event: z.output<typeof envelope>): ProcessorEvent | undefined {
  try {
    return toEvent({ id: event.id, type: event.type, object: event.data.object });
  } catch (thrown) {
    if (pluginErrorKind(thrown) !== undefined) return undefined;
    throw thrown;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
