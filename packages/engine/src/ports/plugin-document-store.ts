import type { Scope } from '../domain/scope.js';

/** Where entries of a plugin are: its own, of one business and mode. */
export interface PluginShelf extends Scope {
  readonly plugin: string;
}

/** What a plugin keeps under a key. */
export interface PluginDocument extends PluginShelf {
  readonly key: string;
  /** JSON. */
  readonly value: string;
  /** Another one with every change, and when a key is taken again after its entry was removed. */
  readonly revision: number;
}

/** Entries of plugins. Values are sealed: keys that are for sale may be among them. Each change is one write of one document. */
export interface PluginDocumentStore {
  find(place: PluginShelf & { readonly key: string }): Promise<PluginDocument | undefined>;
  /** False when the key is taken. */
  insert(entry: Omit<PluginDocument, 'revision'>): Promise<boolean>;
  /** Gives the entry of that revision another value; false when there is none of that revision. */
  replace(entry: PluginDocument): Promise<boolean>;
  /** False when there is none of that revision. */
  remove(entry: Omit<PluginDocument, 'value'>): Promise<boolean>;
  /** Whose keys begin with `prefix` and come after `after`, in the order of the keys' bytes. */
  list(
    range: PluginShelf & { readonly prefix: string; readonly after: string; readonly limit: number },
  ): Promise<readonly PluginDocument[]>;
}
