import type { Json, ProviderKind, StandardIssue, StandardResult, StandardSchema } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { DomainError } from '../domain/domain-error.js';
import type { PluginCaller } from './guarded-call.js';

const DEADLINE_MS = 5_000;
const MOST_ISSUES = 5;

const verdict = z.union([
  z.strictObject({ refused: z.array(z.string().max(300)) }),
  z.strictObject({ accepted: z.json() }),
]);

/** Something that a person said, and the schema of a provider that reads it. */
export interface ParseInput<Provider extends { readonly id: string }> {
  readonly caller: PluginCaller;
  readonly kind: ProviderKind<Provider>;
  readonly id: string;
  /** What is parsed, for the log: 'settings'. */
  readonly verb: string;
  /** The field of the request that has it; '' when it is the whole request. */
  readonly field: string;
  readonly input: unknown;
  schemaOf(provider: Provider): StandardSchema<Json>;
}

/**
 * Parses with a provider's own schema. What it refuses rejects with a DomainError INVALID_REQUEST_BODY that names the path; a schema that throws, hangs or answers nonsense
 * rejects like any failed call.
 */
export async function parseInput<Provider extends { readonly id: string }>({
  caller,
  kind,
  id,
  verb,
  field,
  input,
  schemaOf,
}: ParseInput<Provider>): Promise<Json> {
  const answer = await caller.call({
    kind,
    id,
    verb,
    options: { idempotencyKey: `${verb}:${id}`, mode: 'test', deadlineMs: DEADLINE_MS },
    expected: { schema: verdict },
    ask: async (provider) => toVerdict(field, await schemaOf(provider)['~standard'].validate(structuredClone(input))),
  });
  if ('refused' in answer) throw new DomainError('INVALID_REQUEST_BODY', answer.refused.join('; '));
  return answer.accepted;
}

const toVerdict = (field: string, result: StandardResult<Json>) =>
  result.issues === undefined
    ? { accepted: result.value }
    : { refused: result.issues.slice(0, MOST_ISSUES).map((issue) => issueText(field, issue)) };

function issueText(field: string, { path = [], message }: StandardIssue): string {
  const steps = path.map((step) => String(typeof step === 'object' ? step.key : step));
  const where = [...(field === '' ? [] : [field]), ...steps].join('.');
  return (where === '' ? message : `${where}: ${message}`).slice(0, 300);
}
