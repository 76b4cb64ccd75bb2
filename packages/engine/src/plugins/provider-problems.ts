import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR, isCurrency } from '@payonce/plugin-sdk';
import type { ProviderKind } from '@payonce/plugin-sdk';

/** A kind by its name alone. */
export interface AnyKind {
  readonly name: ProviderKind<{ readonly id: string }>['name'];
}

/** Provider ids are kept in records and URLs, so they stay as simple as package names. */
const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const PAYMENT_PROVIDERS: readonly unknown[] = ['stripe', 'adyen', 'dodo'];

const REACHES: readonly unknown[] = ['own_stores', 'outside', 'remote'];

type Fields = Readonly<Record<string, unknown>>;

/** What keeps a value from serving as a provider of a kind, in words; empty when nothing does. The verbs are ours: a plugin may carry an older contract. */
export function providerProblems({ kind, provider }: { kind: AnyKind; provider: unknown }): readonly string[] {
  if (!(kind.name in VERBS)) return ['is of a kind that this version does not know'];
  if (!isFields(provider)) return ['is not an object'];
  const fields: Fields = { ...methodsOf(provider), ...provider };
  const missing = VERBS[kind.name]
    .filter((verb) => typeof fields[verb] !== 'function')
    .map((verb) => `has no ${verb}()`);
  const id =
    typeof fields['id'] === 'string' && ID.test(fields['id']) ? [] : ["has an id that is not like 'tax-table'"];
  return [...id, ...missing, ...OF_KIND[kind.name](fields)];
}

const VERBS: Record<AnyKind['name'], readonly string[]> = {
  tax_calculator: TAX_CALCULATOR.verbs,
  fulfillment_provider: FULFILLMENT_PROVIDER.verbs,
  processor_adapter: PROCESSOR_ADAPTER.verbs,
};

const OF_KIND: Record<AnyKind['name'], (fields: Fields) => readonly string[]> = {
  tax_calculator: (fields) => [
    ...optionalVerb(fields, 'commit'),
    ...optionalVerb(fields, 'void'),
    ...unless(fields['void'] === undefined || fields['commit'] !== undefined, 'declares void() without commit()'),
  ],
  fulfillment_provider: (fields) => [
    ...displayName(fields),
    ...reachProblems(fields),
    ...optionalVerb(fields, 'publishedKeys'),
    ...optionalVerb(fields, 'reserve'),
    ...unless(
      (fields['reserve'] === undefined) === (fields['release'] === undefined),
      'has one of reserve() and release() without the other',
    ),
    ...actionProblems(fields['actions']),
    ...unless(isStandardSchema(fields['settings']), 'has no settings schema (Standard Schema, version 1)'),
  ],
  processor_adapter: (fields) => [
    ...displayName(fields),
    ...optionalVerb(fields, 'completePayment'),
    ...optionalVerb(fields, 'capture'),
    ...optionalVerb(fields, 'clientConfig'),
    ...actionProblems(fields['actions']),
    ...capabilityProblems(isFields(fields['capabilities']) ? fields['capabilities'] : {}),
  ],
};

function reachProblems({ reach, taskQueue }: Fields): readonly string[] {
  const isQueue = typeof taskQueue === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(taskQueue);
  return [
    ...unless(REACHES.includes(reach), `has a reach that is none of ${REACHES.join(', ')}`),
    ...unless(reach !== 'remote' || isQueue, "is remote without a taskQueue that is like 'acme-seats'"),
    ...unless(reach === 'remote' || taskQueue === undefined, 'has a taskQueue without being remote'),
  ];
}

function capabilityProblems(capabilities: Fields): readonly string[] {
  const { currencies, minimumAmount } = capabilities;
  const minimums = isFields(minimumAmount) ? Object.entries(minimumAmount) : undefined;
  return [
    ...unless(
      currencies === 'all' || (Array.isArray(currencies) && currencies.every(isKnown)),
      "has capabilities.currencies that are neither 'all' nor currency codes",
    ),
    ...unless(
      isSeconds(capabilities['notFoundFinalAfterSeconds']),
      'has capabilities.notFoundFinalAfterSeconds that are no seconds',
    ),
    ...unless(
      isSeconds(capabilities['idempotencyKeyLifeSeconds']),
      'has capabilities.idempotencyKeyLifeSeconds that are no seconds',
    ),
    ...unless(
      minimums?.every(([code, amount]) => isCurrency(code) && isAmount(amount)) === true,
      'has capabilities.minimumAmount that are not minor units per currency',
    ),
    ...unless(
      typeof capabilities['webhooks'] === 'boolean',
      'has capabilities.webhooks that are neither true nor false',
    ),
    ...unless(
      PAYMENT_PROVIDERS.includes(capabilities['paymentProvider']),
      `has a capabilities.paymentProvider that is none of ${PAYMENT_PROVIDERS.join(', ')}`,
    ),
  ];
}

function actionProblems(actions: unknown): readonly string[] {
  if (actions === undefined) return [];
  if (!isFields(actions)) return ['has actions that are no object'];
  return Object.entries(actions).flatMap(([name, action]) => [
    ...unless(/^[a-z][a-z0-9_]{0,39}$/.test(name), `has an action '${name}' that is not like 'check_in'`),
    ...unless(
      isFields(action) &&
        typeof action['run'] === 'function' &&
        typeof action['description'] === 'string' &&
        isFields(action['inputSchema']) &&
        isStandardSchema(action['input']),
      `has an action '${name}' without description, input, inputSchema and run()`,
    ),
  ]);
}

/** Providers may be objects of a class: its methods count. */
function methodsOf(provider: object): Fields {
  const methods: Record<string, unknown> = {};
  for (
    let level: unknown = Object.getPrototypeOf(provider);
    isFields(level) && Object.getPrototypeOf(level) !== null;
    level = Object.getPrototypeOf(level)
  ) {
    for (const name of Object.getOwnPropertyNames(level)) methods[name] ??= Reflect.get(level, name, provider);
  }
  return methods;
}

const unless = (holds: boolean, problem: string): readonly string[] => (holds ? [] : [problem]);
const optionalVerb = (fields: Fields, verb: string): readonly string[] =>
  unless(fields[verb] === undefined || typeof fields[verb] === 'function', `declares ${verb} without a function`);
const displayName = (fields: Fields): readonly string[] =>
  unless(typeof fields['displayName'] === 'string' && fields['displayName'] !== '', 'has no displayName');
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isKnown = (code: unknown): boolean => typeof code === 'string' && isCurrency(code);
const isAmount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isSeconds = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function isStandardSchema(value: unknown): boolean {
  const standard =
    (typeof value === 'object' || typeof value === 'function') && value !== null
      ? Reflect.get(value, '~standard')
      : undefined;
  return isFields(standard) && standard['version'] === 1 && typeof standard['validate'] === 'function';
}
