import { Explained } from '../explained.js';

/** The kinds of plugins that can be started, in the words of the command. */
export const PLUGIN_KINDS = ['tax', 'fulfillment', 'processor'] as const;

/** One of {@link PLUGIN_KINDS}. */
export type PluginKind = (typeof PLUGIN_KINDS)[number];

/** The spellings of a plugin's name. */
export interface PluginName {
  /** As npm knows it: '@acme/gift-cards'. */
  readonly package: string;
  /** The id of plugin and provider, and the name of its folder: 'gift-cards'. */
  readonly id: string;
  /** What is imported: giftCards. A name of one word gets its kind in front, so that no word of the language is hit. */
  readonly identifier: string;
  /** What people read: 'Gift cards'. */
  readonly title: string;
}

const NAME = /^(?:@[a-z0-9][a-z0-9-]*\/)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;
const LONGEST_ID = 63;
const LONGEST_PACKAGE = 214;

/** Reads a name, or says what names are like. */
export function pluginName({ kind, name }: { readonly kind: PluginKind; readonly name: string }): PluginName {
  const id = NAME.exec(name)?.[1];
  if (id === undefined || id.length > LONGEST_ID || name.length > LONGEST_PACKAGE)
    throw new Explained(
      `'${name}' is no name for a plugin: small letters, digits and hyphens such as gift-cards, at most ${LONGEST_ID} of them; in front of it a scope if you like, such as @acme/gift-cards.`,
    );
  const words = id.split('-');
  const [first = '', ...others] = words.length === 1 ? [kind, id] : words;
  return {
    package: name,
    id,
    identifier: first + others.map(capitalized).join(''),
    title: capitalized(words.join(' ')),
  };
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
