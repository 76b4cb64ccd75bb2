import type { Id } from '../../domain/ids.js';
import type { Currency } from '../../domain/vocabulary.js';
import { isCurrency } from '../../domain/vocabulary.js';
import type { Codec } from './codec.js';
import { checked } from './codec.js';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Any text. */
export const text: Codec<string> = checked('a text', isText);

/** true or false. */
export const flag: Codec<boolean> = checked('true or false', (value): value is boolean => typeof value === 'boolean');

/** A whole number that a double holds exactly. */
export const whole: Codec<number> = checked('a whole number', (value): value is number => Number.isSafeInteger(value));

/** Counts and revisions. */
export const count: Codec<number> = checked('a whole number of at least 0', isCount);

/** Money in the currency's smallest unit. No record holds a negative amount. */
export const minorUnits: Codec<number> = checked('an amount in minor units', isCount);

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0;
}

/** A point in time. */
export const instant: Codec<Date> = checked(
  'a point in time',
  (value): value is Date => value instanceof Date && !Number.isNaN(value.getTime()),
);

/** One of the currencies of the contract. */
export const currency: Codec<Currency> = checked(
  'a currency',
  (value): value is Currency => isText(value) && isCurrency(value),
);

/** An id of a kind. Only the prefix is looked at: what follows is opaque. */
export const id = <Prefix extends string>(prefix: Prefix): Codec<Id<Prefix>> =>
  checked(
    `an id that starts with ${prefix}_`,
    (value): value is Id<Prefix> => isText(value) && value.startsWith(`${prefix}_`),
  );

/** One of the given words. */
export const oneOf = <const Word extends string>(...words: readonly Word[]): Codec<Word> =>
  checked(`one of ${words.join(', ')}`, (value): value is Word => words.some((word) => word === value));
