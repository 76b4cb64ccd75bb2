import type { Call } from '../call.js';
import type { ConfiguredPlugin, ProviderKind } from '../plugin.js';
import { ensure } from './ensure.js';
import { loadInto } from './recording-registry.js';
import { memoryHost } from './memory-host.js';
import { createRecorder, recordingHost } from './recorder.js';
import type { Recorder } from './recorder.js';
import type { PluginSource, Subject } from './subject.js';
import { watched } from './watched.js';
import type { AnswerSchemas } from './watched.js';

/** A plugin of any kind on trial, with everything it says on record. */
export interface Trial {
  readonly subject: Subject;
  readonly kind: { readonly name: string; readonly verbs: readonly string[] };
  readonly recorder: Recorder;
  configured(): Promise<ConfiguredPlugin>;
}

/** A plugin of one kind on trial. */
export interface Stage<Provider extends { readonly id: string }> extends Trial {
  readonly deadlineMs: number;
  /** The provider, loaded once: its answers are parsed, its errors recorded, its time limited. */
  provider(): Promise<Provider>;
  /** The provider of another configuration of the same plugin. */
  providerOf(source: PluginSource): Promise<Provider>;
  /** A call of a verb, under a new key when none is given. */
  call<Input extends object>(input: Input, own?: Partial<Call>): Input & Call;
  /** An id that was never used before. */
  fresh(prefix: string): string;
}

/** What a stage is made of. */
export interface StageDeps<Provider extends { readonly id: string }> {
  readonly subject: Subject;
  readonly kind: ProviderKind<Provider>;
  readonly schemas: AnswerSchemas;
}

const DEADLINE_MS = 2_000;

export function createStage<Provider extends { readonly id: string }>(deps: StageDeps<Provider>): Stage<Provider> {
  const { subject, kind, schemas } = deps;
  const recorder = createRecorder();
  const deadlineMs = subject.deadlineMs ?? DEADLINE_MS;
  const configured = (): Promise<ConfiguredPlugin> => configuredBy(subject.plugin);
  const fresh = (prefix: string): string => `${prefix}_${globalThis.crypto.randomUUID()}`;
  const providerOf = async (source: PluginSource): Promise<Provider> => {
    const plugin = await configuredBy(source);
    const host = recordingHost({ host: memoryHost(), recorder });
    const [provider, ...others] = (await loadInto<Provider>({ plugin, kind, host })).ofKind;
    ensure(provider !== undefined, `the plugin registers no ${kind.name}`);
    ensure(others.length === 0, `the plugin registers several providers of the kind ${kind.name}`);
    return watched({ provider, schemas, recorder, deadlineMs });
  };
  let loaded: Promise<Provider> | undefined;
  return {
    subject,
    kind,
    recorder,
    deadlineMs,
    configured,
    providerOf,
    provider: () => (loaded ??= providerOf(subject.plugin)),
    fresh,
    call: (input, own = {}) => ({
      idempotencyKey: own.idempotencyKey ?? fresh('key'),
      signal: own.signal ?? new AbortController().signal,
      logger: recorder.logger,
      mode: own.mode ?? 'test',
      ...input,
    }),
  };
}

const configuredBy = async (source: PluginSource): Promise<ConfiguredPlugin> =>
  typeof source === 'function' ? source() : source;
