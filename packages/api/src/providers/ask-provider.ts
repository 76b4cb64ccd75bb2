import { isDomainError } from '@payonce/engine/domain';
import type { DomainError, Scope } from '@payonce/engine/domain';
import { classify } from '@payonce/engine/plugins';
import type { ActionAsked } from '@payonce/engine/plugins';
import type { ActionRefused } from '@payonce/plugin-sdk';
import type { AskedByCaller } from '../http/endpoint.js';
import { isPluginFailure } from '../http/plugin-failure.js';
import { HttpRefusal } from '../http/refusal.js';
import { isStoreOutage } from '../http/store-outage.js';

/** What a provider is asked to do, with a key that stays the same when the caller repeats the request. */
export const actionOf = ({ scope, params, body, id }: AskedByCaller): ActionAsked & Scope => ({
  ...scope,
  provider: params['id'] ?? '',
  action: params['name'] ?? '',
  input: body,
  idempotencyKey: id('act'),
});

/**
 * Asks a provider, and says what became of it: its refusal with its own code and words, since they are for the caller; a failure with its code alone. What failed may have had an
 * effect, so the idempotency key stays taken and the next try is the same request to the provider.
 */
export async function askProvider<Done extends { readonly outcome: 'done' }>(
  ask: () => Promise<Done | ActionRefused>,
): Promise<Done> {
  const answer = await ask().catch((thrown: unknown) => {
    throw failureOf(thrown);
  });
  if (answer.outcome === 'done') return answer;
  throw new HttpRefusal('ACTION_REFUSED', answer.message, { code: answer.code.toUpperCase() });
}

function failureOf(thrown: unknown): unknown {
  if (isDomainError(thrown) || isStoreOutage(thrown) || !isPluginFailure(thrown)) return thrown;
  const { kind, code } = classify(thrown);
  const isSoon = kind === 'retryable' || kind === 'not_sent';
  return isSoon
    ? failed('The provider cannot do this right now: try again in a few seconds.', { status: 503, code })
    : failed('The provider failed. The request id in the answer helps to find out why.', { status: 502, code });
}

const failed = (message: string, { status, code }: { readonly status: number; readonly code: string }): DomainError =>
  new HttpRefusal('SERVICE_UNAVAILABLE', message, { status, code: code.toUpperCase() });
