import { DomainError } from '@payonce/engine/domain';
import type { DomainErrorCode } from '@payonce/engine/domain';
import type { z } from 'zod';

const REFUSALS: ReadonlySet<DomainErrorCode> = new Set([
  'MAXIMUM_KEYS_REACHED',
  'UNSUPPORTED_COUNTRY',
  'UNSUPPORTED_CURRENCY',
  'UNSUPPORTED_FEATURE',
]);

/** Parses a body, or refuses it with a message that names the field. */
export const parseBody = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> =>
  parse({ schema, input: body ?? {}, code: 'INVALID_REQUEST_BODY' });

/** Parses query parameters. An empty one counts as not given: that is how the official clients send null. */
export const parseQuery = <Schema extends z.ZodType>(
  schema: Schema,
  query: Readonly<Record<string, unknown>>,
): z.output<Schema> =>
  parse({
    schema,
    input: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')),
    code: 'INVALID_QUERY_PARAMS',
  });

function parse<Schema extends z.ZodType>({
  schema,
  input,
  code,
}: {
  readonly schema: Schema;
  readonly input: unknown;
  readonly code: DomainErrorCode;
}): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (!issue) throw new DomainError(code, 'The request is not valid.');
  throw new DomainError(refusalOf(issue) ?? code, sentence(issue));
}

function refusalOf(issue: z.core.$ZodIssue): DomainErrorCode | undefined {
  const told: unknown = issue.code === 'custom' ? issue.params?.['refusal'] : undefined;
  return [...REFUSALS].find((code) => code === told);
}

function sentence(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${[...(where ? [where] : []), issue.keys[0] ?? ''].join('.')}: there is no such field.`;
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}
