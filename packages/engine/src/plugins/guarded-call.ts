import type { Call, Mode, PluginLogger, ProviderKind } from '@payonce/plugin-sdk';
import type { z } from 'zod';
import { DeadlineError, withDeadline } from './deadline.js';
import { plainJson } from './plain-json.js';
import { PluginAnswerError, PluginMissingError, classify, toError } from './plugin-failures.js';
import type { PluginFailure } from './plugin-failures.js';
import type { AnyKind } from './provider-problems.js';
import type { Registry } from './registry.js';
import { wordsOf } from './words.js';

/** What every caller says beside the input of the verb. */
export interface CallOptions {
  readonly idempotencyKey: string;
  readonly mode: Mode;
  /** Instead of the deadline of the kind. */
  readonly deadlineMs?: number;
  /** Gives the call up early, with the signal's own reason. */
  readonly signal?: AbortSignal;
}

/** A question to one provider. */
export interface PluginQuestion<Provider extends { readonly id: string }> {
  readonly kind: ProviderKind<Provider>;
  readonly id: string;
  readonly verb: string;
  readonly options: CallOptions;
  ask(provider: Provider, call: Call): unknown;
}

/** What counts as an answer: nothing is believed before this parsed it. */
export interface Expected<Answer> {
  readonly schema: z.ZodType<Answer>;
  /** What no schema sees: why the answer does not fit the question, in our words. */
  misfit?(answer: Answer): string | undefined;
}

/** Milliseconds that a call may take, per kind. */
export type Deadlines = Readonly<Record<AnyKind['name'], number>>;

/** Rates are asked for while a buyer waits; money and goods may take longer. */
export const DEFAULT_DEADLINES: Deadlines = {
  tax_calculator: 10_000,
  fulfillment_provider: 30_000,
  processor_adapter: 30_000,
};

/** Calls plugins so that the failure, hang or nonsense of one stops its own step only. */
export interface PluginCaller {
  /** Rejects with an error of ours that `classify` reads; the plugin's own words go to the log alone. */
  call<Provider extends { readonly id: string }, Answer>(
    question: PluginQuestion<Provider> & { readonly expected: Expected<Answer> },
  ): Promise<Answer>;
  /** For verbs that answer nothing. */
  tell<Provider extends { readonly id: string }>(question: PluginQuestion<Provider>): Promise<void>;
}

export interface PluginCallerDeps {
  readonly registry: Registry;
  readonly logger: PluginLogger;
  readonly deadlines?: Partial<Deadlines> | undefined;
}

export function createPluginCaller(deps: PluginCallerDeps): PluginCaller {
  return {
    call: (question) => put(deps, question, (answer) => believe(answer, question.expected)),
    tell: (question) => put(deps, question, () => undefined),
  };
}

async function put<Provider extends { readonly id: string }, Answer>(
  deps: PluginCallerDeps,
  question: PluginQuestion<Provider>,
  read: (answer: unknown) => Answer,
): Promise<Answer> {
  const { kind, id, verb, options } = question;
  const { idempotencyKey, mode, signal } = options;
  const provider = providerOf(deps.registry, question);
  const logger = childLogger(deps.logger, { plugin: id, kind: kind.name, verb, idempotencyKey });
  try {
    const answer = await withDeadline({
      deadlineMs: options.deadlineMs ?? deps.deadlines?.[kind.name] ?? DEFAULT_DEADLINES[kind.name],
      signal,
      run: (inner) => question.ask(provider, { idempotencyKey, mode, signal: inner, logger }),
    });
    return read(answer);
  } catch (thrown) {
    signal?.throwIfAborted();
    const failure = failureOf(thrown);
    logger.warn({ failure: failure.kind, code: failure.code, said: wordsOf(thrown) }, 'plugin call failed');
    throw toError(failure, `${kind.name} ${id} ${verb}`);
  }
}

function providerOf<Provider extends { readonly id: string }>(
  registry: Registry,
  { kind, id }: PluginQuestion<Provider>,
): Provider {
  const provider = registry.get(kind, id);
  if (provider === undefined)
    throw new PluginMissingError(`no plugin provides the ${kind.name} '${id}': add its plugin to the configuration`);
  return provider;
}

function believe<Answer>(answer: unknown, { schema, misfit }: Expected<Answer>): Answer {
  const parsed = schema.safeParse(copied(answer));
  if (!parsed.success)
    throw new PluginAnswerError(parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; '));
  const problem = misfit?.(parsed.data);
  if (problem !== undefined) throw new PluginAnswerError(problem);
  return parsed.data;
}

function copied(answer: unknown): unknown {
  try {
    return plainJson(answer);
  } catch (thrown) {
    throw new PluginAnswerError(wordsOf(thrown));
  }
}

const failureOf = (thrown: unknown): PluginFailure =>
  thrown instanceof DeadlineError
    ? { kind: 'retryable', code: 'plugin_deadline', message: 'the plugin did not answer in time' }
    : classify(thrown);

function childLogger(logger: PluginLogger, own: Readonly<Record<string, unknown>>): PluginLogger {
  return {
    debug: (fields, message) => logger.debug({ ...fields, ...own }, message),
    info: (fields, message) => logger.info({ ...fields, ...own }, message),
    warn: (fields, message) => logger.warn({ ...fields, ...own }, message),
    error: (fields, message) => logger.error({ ...fields, ...own }, message),
  };
}
