import { FULFILLMENT_PROVIDER } from '@payonce/plugin-sdk';
import type { Delivered, Fulfill, FulfillmentProvider, Pending, Revoke } from '@payonce/plugin-sdk';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import { dataOf } from './asked.js';
import type { Asked } from './asked.js';
import type { PluginCaller, PluginQuestion } from './guarded-call.js';

/** A fulfillment provider behind the guarded call. */
export interface FulfillmentCaller {
  readonly id: string;
  readonly displayName: string;
  readonly reach: FulfillmentProvider['reach'];
  fulfill(asked: Asked<Fulfill>): Promise<Delivered | Pending>;
  revoke(asked: Asked<Revoke>): Promise<void>;
}

export function fulfillmentCaller({
  provider,
  caller,
}: {
  provider: FulfillmentProvider;
  caller: PluginCaller;
}): FulfillmentCaller {
  const { id, displayName, reach } = provider;
  const to = (verb: string): Pick<PluginQuestion<FulfillmentProvider>, 'kind' | 'id' | 'verb'> => ({
    kind: FULFILLMENT_PROVIDER,
    id,
    verb,
  });
  return {
    id,
    displayName,
    reach,
    fulfill: (asked) =>
      caller.call({
        ...to('fulfill'),
        options: asked,
        expected: { schema: deliveredOrPending },
        ask: (serving, call) => serving.fulfill({ ...dataOf(asked), ...call }),
      }),
    revoke: (asked) =>
      caller.tell({
        ...to('revoke'),
        options: asked,
        ask: (serving, call) => serving.revoke({ ...dataOf(asked), ...call }),
      }),
  };
}
