import { isId } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import { PluginAnswerError } from '@payonce/engine/plugins';
import type { ProcessorEvent } from '@payonce/plugin-sdk';
import type { ApiDeps } from '../deps.js';
import { takeIn } from '../inbound/take-in.js';

/** What an action of a processor learned, and whose payments it may be about. */
interface TakeEvents {
  readonly scope: Scope;
  readonly processor: string;
  readonly events: readonly ProcessorEvent[];
}

/**
 * Takes events of an action in like verified reports. No signature vouches for them but the merchant's key, so they speak of that merchant's payments only: rejects with a
 * PluginAnswerError, and keeps none, when one of them speaks of another's.
 */
export async function takeEvents(deps: ApiDeps, { scope, processor, events }: TakeEvents): Promise<void> {
  for (const event of events) {
    if (event.kind !== 'ignored' && !(await isOwn(deps, scope, event.reference)))
      throw new PluginAnswerError(`${event.reference} is no payment or refund of this business and mode`);
  }
  await takeIn(deps, { processor, mode: scope.mode, account: `${scope.business}:${scope.mode}`, events });
}

/** How the refund of a charge without a sale is called at the processor. */
const RETURN = /^return_/;

async function isOwn({ stores }: ApiDeps, { business, mode }: Scope, reference: string): Promise<boolean> {
  const attempt = reference.replace(RETURN, '');
  const found = isId('att', attempt)
    ? await stores.attempts.find(attempt)
    : isId('ref', reference)
      ? (await stores.payments.findRefundAnywhere(reference))?.payment
      : undefined;
  return found?.business === business && found.mode === mode;
}
