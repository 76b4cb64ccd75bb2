import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { Answer } from '../../http/answer.js';
import type { AskedByCaller, Endpoint } from '../../http/endpoint.js';
import { actionOf, askProvider } from '../../providers/ask-provider.js';
import { takeDeliveries } from '../../providers/take-deliveries.js';
import { takeEvents } from '../../providers/take-events.js';
import { toFulfillmentProvider, toProcessor } from './wire.js';

/** Who hands over and who takes the money, and what else they can do. */
export const providerEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'get',
    path: '/fulfillment_providers',
    answer: async () => ok({ items: (await deps.plugins.descriptions.fulfillment()).map(toFulfillmentProvider) }),
  },
  {
    access: 'key',
    method: 'get',
    path: '/processors',
    answer: async () => ok({ items: deps.plugins.descriptions.processors().map(toProcessor) }),
  },
  {
    access: 'key',
    method: 'post',
    path: '/fulfillment_providers/:id/actions/:name',
    mints: ['act'],
    answer: (asked) => actOnGoods(deps, asked),
  },
  {
    access: 'key',
    method: 'post',
    path: '/processors/:id/actions/:name',
    mints: ['act'],
    answer: (asked) => actOnMoney(deps, asked),
  },
];

/** What was delivered is on record before the caller hears of it. */
async function actOnGoods(deps: ApiDeps, asked: AskedByCaller): Promise<Answer> {
  const action = actionOf(asked);
  const answer = await askProvider(async () => {
    const done = await deps.plugins.actions.ofFulfillment(action);
    if (done.outcome === 'done')
      await takeDeliveries(deps, {
        scope: asked.scope,
        provider: action.provider,
        deliveries: done.delivered ?? [],
      });
    return done;
  });
  return ok(answer.answer);
}

/** What was learned is on record before the caller hears of it. */
async function actOnMoney(deps: ApiDeps, asked: AskedByCaller): Promise<Answer> {
  const action = actionOf(asked);
  const answer = await askProvider(async () => {
    const done = await deps.plugins.actions.ofProcessor(action);
    if (done.outcome === 'done')
      await takeEvents(deps, { scope: asked.scope, processor: action.provider, events: done.events ?? [] });
    return done;
  });
  return ok(answer.answer);
}
