import { isGrpcServiceError } from '@temporalio/client';
import type { Temporal } from '../connections/temporal.js';
import { Explained } from '../explained.js';
import { SEARCH_ATTRIBUTES } from '../purchase-names.js';
import { until } from '../until.js';

const NOT_FOUND = 5;
/** Invalid argument, not found. */
const NOT_YET: readonly number[] = [3, NOT_FOUND];

/** IndexedValueType of Temporal's API. */
const TYPE_NUMBERS = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 } as const;

/** Adds the search attributes that are missing, and waits until purchases can be searched by all of them. Answers the names that were added. */
export async function ensureSearchAttributes(temporal: Temporal): Promise<readonly string[]> {
  const present = await until({ what: 'search attributes', forMs: 60_000, look: () => typesWhenKnown(temporal) });
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => present[name] === undefined);
  if (missing.length > 0) await add(temporal, missing);
  await until({ what: 'search attributes', forMs: 60_000, look: () => usable(temporal) });
  const wrong = wrongTypes(await presentTypes(temporal));
  if (wrong.length > 0) throw new Explained(wrong.join('\n'));
  return missing.map(({ name }) => name);
}

/** What is missing, or of another type; empty when purchases can be searched. */
export async function searchAttributeProblems(temporal: Temporal): Promise<readonly string[]> {
  const present = await presentTypes(temporal);
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => present[name] === undefined);
  return [
    ...missing.map(({ name }) => `search attribute ${name} is missing: run payonce setup`),
    ...wrongTypes(present),
  ];
}

type Types = Readonly<Record<string, number>>;

async function presentTypes({ connection, namespace }: Temporal): Promise<Types> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.fromEntries(Object.entries(customAttributes).map(([name, type]) => [name, Number(type)]));
}

/** Parts of a server learn of a new namespace later than others. */
async function typesWhenKnown(temporal: Temporal): Promise<Types | undefined> {
  try {
    return await presentTypes(temporal);
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return undefined;
    throw error;
  }
}

const wrongTypes = (present: Types): readonly string[] =>
  SEARCH_ATTRIBUTES.filter(({ name, type }) => present[name] !== undefined && present[name] !== TYPE_NUMBERS[type]).map(
    ({ name, type }) =>
      `search attribute ${name} exists with another type than ${type}: remove it (temporal operator search-attribute remove), or use a namespace of its own`,
  );

/** Adding what is there changes nothing, so two runs at once are one. */
async function add(
  { connection, namespace }: Temporal,
  missing: readonly (typeof SEARCH_ATTRIBUTES)[number][],
): Promise<void> {
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, TYPE_NUMBERS[type]]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes }).catch((error: unknown) => {
    if (!(isGrpcServiceError(error) && /already exists/i.test(error.details))) throw error;
  });
}

/** The caches of a server learn of new attributes after some time: until then a search by one is an invalid argument. */
async function usable({ connection, namespace }: Temporal): Promise<true | undefined> {
  // Quoted: a bare Mode is a word of the query language.
  const query = SEARCH_ATTRIBUTES.map(({ name }) => `\`${name}\` IS NULL`).join(' AND ');
  try {
    await connection.workflowService.countWorkflowExecutions({ namespace, query });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && NOT_YET.includes(Number(error.code))) return undefined;
    throw error;
  }
}
