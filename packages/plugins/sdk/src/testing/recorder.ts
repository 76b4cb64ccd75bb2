import type { PluginLogger } from '../call.js';
import type { PluginHost } from '../store.js';
import { textsOf } from './texts-of.js';

/** Something a plugin said: to its log, in an error, in an answer. */
interface Said {
  readonly where: string;
  readonly texts: readonly string[];
}

/** Remembers everything that a plugin says. */
export interface Recorder {
  readonly logger: PluginLogger;
  note(where: string, value: unknown): void;
  /** Where any of the texts was said; their first letters only, so that a report leaks nothing either. */
  leaksOf(secrets: readonly string[]): readonly string[];
}

/** What it wrote into its stores. */
export const STORED = 'an entry of its store';

/** A host that remembers what is written into its stores. */
export const recordingHost = ({
  host,
  recorder,
}: {
  readonly host: PluginHost;
  readonly recorder: Recorder;
}): PluginHost => ({
  store(scope) {
    const store = host.store(scope);
    return {
      ...store,
      insert(key, value) {
        recorder.note(STORED, { [key]: value });
        return store.insert(key, value);
      },
      replace(entry) {
        recorder.note(STORED, { [entry.key]: entry.value });
        return store.replace(entry);
      },
    };
  },
});

/** An empty one. */
export function createRecorder(): Recorder {
  const said: Said[] = [];
  const note = (where: string, value: unknown): void => void said.push({ where, texts: textsOf(value) });
  const level = (name: string) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    note(`a log line (${name})`, { message, fields });
  return {
    logger: { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') },
    note,
    leaksOf: (secrets) => secrets.flatMap((secret) => leaksOf(said, secret)),
  };
}

function leaksOf(said: readonly Said[], secret: string): readonly string[] {
  const places = said.filter(({ texts }) => texts.some((text) => text.includes(secret))).map(({ where }) => where);
  return [...new Set(places)].map((where) => `'${secret.slice(0, 4)}…' is in ${where}`);
}
