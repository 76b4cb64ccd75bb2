import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER } from '@payonce/plugin-sdk';
import type {
  FulfillmentDescription,
  FulfillmentProvider,
  JsonSchema,
  ProcessorAdapter,
  ProcessorCapabilities,
  ProviderAction,
  PublishedKey,
} from '@payonce/plugin-sdk';
import { fulfillmentDescription, publishedKeys } from '@payonce/plugin-sdk/schemas';
import type { PluginCaller } from './guarded-call.js';
import { plainJson } from './plain-json.js';
import type { Registry } from './registry.js';

/** An action as forms and lists show it. */
export interface ActionDescription {
  readonly name: string;
  readonly description: string;
  /** null when it is no JSON. */
  readonly inputSchema: JsonSchema | null;
}

/** A fulfillment provider as forms and lists show it. */
export interface DescribedFulfillment {
  readonly id: string;
  readonly displayName: string;
  /** null when the provider failed to describe itself: it serves all the same. */
  readonly description: FulfillmentDescription | null;
  readonly actions: readonly ActionDescription[];
}

/** A processor as lists show it. */
export interface DescribedProcessor {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities: ProcessorCapabilities;
  readonly actions: readonly ActionDescription[];
}

/** How providers present themselves. One that fails hides its own form and nothing else. */
export interface ProviderDescriptions {
  fulfillment(): Promise<readonly DescribedFulfillment[]>;
  processors(): readonly DescribedProcessor[];
  /** The public keys of every fulfillment provider that signs something. */
  publishedKeys(): Promise<readonly PublishedKey[]>;
}

/** Asks providers behind the guarded call. */
export const providerDescriptions = (deps: DescriptionDeps): ProviderDescriptions => ({
  fulfillment: () =>
    Promise.all(deps.registry.list(FULFILLMENT_PROVIDER).map((provider) => describedFulfillment(deps, provider))),
  processors: () => deps.registry.list(PROCESSOR_ADAPTER).map(describedProcessor),
  publishedKeys: async () =>
    (await Promise.all(deps.registry.list(FULFILLMENT_PROVIDER).map((provider) => keysOf(deps, provider)))).flat(),
});

interface DescriptionDeps {
  readonly registry: Registry;
  readonly caller: PluginCaller;
}

async function describedFulfillment(
  { caller }: DescriptionDeps,
  { id, displayName, actions }: FulfillmentProvider,
): Promise<DescribedFulfillment> {
  const asked = caller.call({
    kind: FULFILLMENT_PROVIDER,
    id,
    verb: 'describe',
    options: { idempotencyKey: `describe:${id}`, mode: 'test', deadlineMs: 2_000 },
    expected: { schema: fulfillmentDescription },
    ask: (provider) => provider.describe(),
  });
  return { id, displayName, description: await asked.catch(() => null), actions: actionsOf(actions) };
}

const keysOf = async ({ caller }: DescriptionDeps, { id }: FulfillmentProvider): Promise<readonly PublishedKey[]> =>
  caller
    .call({
      kind: FULFILLMENT_PROVIDER,
      id,
      verb: 'publishedKeys',
      options: { idempotencyKey: `keys:${id}`, mode: 'test', deadlineMs: 2_000 },
      expected: { schema: publishedKeys },
      ask: (provider) => provider.publishedKeys?.() ?? [],
    })
    .catch(() => []);

const describedProcessor = ({ id, displayName, capabilities, actions }: ProcessorAdapter): DescribedProcessor => ({
  id,
  displayName,
  capabilities,
  actions: actionsOf(actions),
});

const actionsOf = (actions: Readonly<Record<string, ProviderAction<unknown>>> = {}): readonly ActionDescription[] =>
  Object.entries(actions).map(([name, { description, inputSchema }]) => ({
    name,
    description,
    inputSchema: readable(inputSchema),
  }));

function readable(schema: JsonSchema): JsonSchema | null {
  try {
    const copied = plainJson(schema);
    return typeof copied === 'object' && copied !== null && !Array.isArray(copied) ? (copied as JsonSchema) : null;
  } catch {
    return null;
  }
}
