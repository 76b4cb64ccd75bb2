import { FULFILLMENT_PROVIDER } from '@payonce/plugin-sdk';
import type {
  Delivered,
  Fulfill,
  FulfillmentProvider,
  Mode,
  Pending,
  Reserve,
  ReserveResult,
  Revoke,
} from '@payonce/plugin-sdk';
import { deliveredOrPending, reserveResult } from '@payonce/plugin-sdk/schemas';
import { dataOf } from './asked.js';
import type { Asked } from './asked.js';
import type { PluginCaller, PluginQuestion } from './guarded-call.js';

/** A fulfillment provider behind the guarded call. */
export interface FulfillmentCaller {
  readonly id: string;
  readonly displayName: string;
  readonly reach: FulfillmentProvider['reach'];
  /** Where the provider's own worker listens in a mode; undefined when it has none. */
  taskQueue(mode: Mode): string | undefined;
  /** Whether its goods can run out, so that every unit is set aside before a charge. */
  readonly reserves: boolean;
  /** 'reserved' where there is nothing to set aside. */
  reserve(asked: Asked<Reserve>): Promise<ReserveResult>;
  release(asked: Asked<Reserve>): Promise<void>;
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
  const { id, displayName, reach, taskQueue } = provider;
  const to = (verb: string): Pick<PluginQuestion<FulfillmentProvider>, 'kind' | 'id' | 'verb'> => ({
    kind: FULFILLMENT_PROVIDER,
    id,
    verb,
  });
  return {
    id,
    displayName,
    reach,
    taskQueue: (mode) => (taskQueue === undefined ? undefined : `${taskQueue}-${mode}`),
    reserves: provider.reserve !== undefined,
    reserve: (asked) =>
      caller.call({
        ...to('reserve'),
        options: asked,
        expected: { schema: reserveResult },
        ask: (serving, call) => serving.reserve?.({ ...dataOf(asked), ...call }) ?? { outcome: 'reserved' },
      }),
    release: (asked) =>
      caller.tell({
        ...to('release'),
        options: asked,
        ask: (serving, call) => serving.release?.({ ...dataOf(asked), ...call }),
      }),
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
