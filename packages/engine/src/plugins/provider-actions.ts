import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER } from '@payonce/plugin-sdk';
import type {
  ActionRefused,
  FulfillmentActionDone,
  FulfillmentProvider,
  Json,
  ProcessorActionDone,
  ProcessorAdapter,
  ProviderAction,
  ProviderKind,
} from '@payonce/plugin-sdk';
import { fulfillmentActionResult, processorActionResult } from '@payonce/plugin-sdk/schemas';
import { DomainError } from '../domain/domain-error.js';
import type { Scope } from '../domain/scope.js';
import type { Expected, PluginCaller } from './guarded-call.js';
import { parseInput } from './parse-input.js';
import type { Registry } from './registry.js';

/** What a merchant asks a provider to do. */
export interface ActionAsked extends Scope {
  readonly provider: string;
  readonly action: string;
  /** As it was sent. */
  readonly input: unknown;
  /** The same when the merchant repeats the request. */
  readonly idempotencyKey: string;
}

/**
 * What merchants can do with providers beside selling. Rejects with a DomainError: NOT_FOUND for a provider or an action that is not there, INVALID_REQUEST_BODY that names the
 * field for input that its schema refuses; like any failed call when the plugin fails.
 */
export interface ProviderActions {
  ofFulfillment(asked: ActionAsked): Promise<FulfillmentActionDone | ActionRefused>;
  ofProcessor(asked: ActionAsked): Promise<ProcessorActionDone | ActionRefused>;
}

/** Runs actions behind the guarded call. */
export const providerActions = (deps: ActionDeps): ProviderActions => ({
  ofFulfillment: (asked) =>
    run<FulfillmentProvider, FulfillmentActionDone>(deps, {
      kind: FULFILLMENT_PROVIDER,
      asked,
      expected: { schema: fulfillmentActionResult },
    }),
  ofProcessor: (asked) =>
    run<ProcessorAdapter, ProcessorActionDone>(deps, {
      kind: PROCESSOR_ADAPTER,
      asked,
      expected: { schema: processorActionResult },
    }),
});

interface ActionDeps {
  readonly registry: Registry;
  readonly caller: PluginCaller;
}

interface Acting<Done> {
  readonly id: string;
  readonly actions?: Readonly<Record<string, ProviderAction<Done>>>;
}

interface Run<Provider extends Acting<Done>, Done> {
  readonly kind: ProviderKind<Provider>;
  readonly asked: ActionAsked;
  readonly expected: Expected<Done | ActionRefused>;
}

async function run<Provider extends Acting<Done>, Done>(
  { registry, caller }: ActionDeps,
  { kind, asked, expected }: Run<Provider, Done>,
): Promise<Done | ActionRefused> {
  const { provider: id, action: name, business, mode, idempotencyKey } = asked;
  const provider = registry.get(kind, id);
  if (provider === undefined) throw new DomainError('NOT_FOUND', 'There is no such provider.');
  actionOf(provider, name);
  const verb = `actions.${name}`;
  const input: Json = await parseInput({
    caller,
    kind,
    id,
    verb: `${verb}.input`,
    field: '',
    input: asked.input ?? {},
    schemaOf: (serving) => actionOf(serving, name).input,
  });
  return caller.call({
    kind,
    id,
    verb,
    options: { idempotencyKey, mode },
    expected,
    ask: (serving, call) => actionOf(serving, name).run({ business, input, ...call }),
  });
}

function actionOf<Done>({ actions = {} }: Acting<Done>, name: string): ProviderAction<Done> {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) throw new DomainError('NOT_FOUND', 'This provider has no such action.');
  return action;
}
