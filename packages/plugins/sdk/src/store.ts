import type { Mode } from './call.js';
import type { Json } from './json.js';

/** One entry of a plugin's store. */
export interface StoredEntry {
  /** 1 to 200 printable ASCII characters. */
  readonly key: string;
  /** At most 256 KiB of JSON. */
  readonly value: Json;
  /** Grows with every change: name it to change or remove exactly what was read. */
  readonly revision: number;
}

/** Which entries of a store are asked for, in the order of their keys. */
export interface StoredRange {
  /** '' for all. */
  readonly prefix: string;
  /** Only keys after this one, to go on where the last page ended. */
  readonly after?: string;
  /** 1 to 1000; 100 when left out. */
  readonly limit?: number;
}

/**
 * Durable entries of one plugin, in one business and mode; no other plugin reaches them. No place for secrets, nor for people: their names and addresses stand in the engine's
 * records, where they can be erased; keep the ids of grants and payments. Every change is all or nothing and lasts once answered. There are no transactions
 * over several entries: reserve by `insert` (one of many callers wins), count by `replace` (repeat when it answers false). Keys are 1 to 200 printable ASCII characters,
 * values at most 256 KiB of JSON; anything else rejects with a TypeError, an unreachable database with a RetryableError.
 */
export interface PluginStore {
  /** What is kept under a key now; undefined when nothing is. */
  get(key: string): Promise<StoredEntry | undefined>;
  /** False, and nothing changed, when the key is taken. */
  insert(key: string, value: Json): Promise<boolean>;
  /** False, and nothing changed, when the entry is gone or has another revision by now. */
  replace(entry: StoredEntry): Promise<boolean>;
  /** False, and nothing changed, when the entry is gone or has another revision by now. */
  remove(entry: Pick<StoredEntry, 'key' | 'revision'>): Promise<boolean>;
  /**
   * Entries in the order of their keys, at most `limit` of them. Not a snapshot: what changes meanwhile may or may not
   * be among them.
   */
  list(range: StoredRange): Promise<readonly StoredEntry[]>;
}

/** What an installation offers to a plugin, given once when it registers. */
export interface PluginHost {
  /** Cheap: take it for every call. */
  store(scope: { readonly business: string; readonly mode: Mode }): PluginStore;
}
