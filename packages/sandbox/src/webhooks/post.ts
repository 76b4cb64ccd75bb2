import { setTimeout as sleep } from 'node:timers/promises';
import { pause } from '../faults/faults.js';
import type { Faults } from '../faults/faults.js';
import { garbled } from '../faults/garbage.js';
import type { Delivery } from '../store/deliveries.js';
import type { WebhookEndpoint } from '../store/endpoints.js';
import { signatureHeader } from './signature.js';

export interface Posting {
  readonly delivery: Delivery;
  readonly endpoint: WebhookEndpoint;
}

/** Makes one attempt, with whatever fault is on: answers undefined when the endpoint took it, else what went wrong. Never rejects. */
export type Post = (posting: Posting) => Promise<string | undefined>;

export interface PostDeps {
  readonly faults: Faults;
  readonly clock: () => Date;
  readonly closing: AbortSignal;
}

const ATTEMPT_TIMEOUT_MS = 10_000;

export const createPost =
  (deps: PostDeps): Post =>
  (posting) =>
    postWithFaults(deps, posting).catch(describe);

async function postWithFaults(deps: PostDeps, posting: Posting): Promise<string | undefined> {
  const { delivery } = posting;
  const rule = await deps.faults.take({
    operation: 'webhook',
    effects: ['error_before', 'hang', 'garbage', 'duplicate_webhook'],
    references: async () => delivery.references,
  });
  await pause(rule, deps.closing);
  if (rule?.effect === 'error_before') return 'lost by a fault rule';
  if (rule?.effect === 'hang') await sleep(rule.delay_ms ?? ATTEMPT_TIMEOUT_MS, undefined, { signal: deps.closing });
  if (rule?.effect === 'duplicate_webhook') await send(deps, { ...posting, body: delivery.body });
  const body = rule?.effect === 'garbage' ? garbled(delivery.body, rule.garbage) : delivery.body;
  return send(deps, { ...posting, body });
}

/** The signature is that of the delivery's own body, whatever is sent. */
async function send(
  { clock, closing }: PostDeps,
  { delivery, endpoint, body }: Posting & { readonly body: string },
): Promise<string | undefined> {
  const response = await fetch(endpoint.url, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'sandbox-signature': signatureHeader({ secret: endpoint.secret, body: delivery.body, at: clock() }),
    },
    signal: AbortSignal.any([closing, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
  });
  await response.body?.cancel();
  return response.ok ? undefined : `answered ${response.status}`;
}

const describe = (thrown: unknown): string => {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  return String(cause).slice(0, 200);
};
