import { FULFILLMENT_PROVIDER } from '@payonce/plugin-sdk';
import type { Json, StandardIssue, StandardResult } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { DomainError } from '../domain/domain-error.js';
import type { PluginCaller } from './guarded-call.js';

const DEADLINE_MS = 5_000;
const MOST_ISSUES = 5;

const verdict = z.union([
  z.strictObject({ refused: z.array(z.string().max(300)) }),
  z.strictObject({ accepted: z.json() }),
]);

/**
 * Parses a product's settings with the schema of the provider that will serve it. Refused settings reject with a DomainError INVALID_REQUEST_BODY that names the path;
 * a schema that throws, hangs or answers nonsense rejects like any failed call.
 */
export async function parseSettings({
  caller,
  provider,
  settings,
}: {
  caller: PluginCaller;
  provider: string;
  settings: unknown;
}): Promise<Json> {
  const answer = await caller.call({
    kind: FULFILLMENT_PROVIDER,
    id: provider,
    verb: 'settings',
    options: { idempotencyKey: `settings:${provider}`, mode: 'test', deadlineMs: DEADLINE_MS },
    expected: { schema: verdict },
    ask: async (serving) => toVerdict(await serving.settings['~standard'].validate(structuredClone(settings))),
  });
  if ('refused' in answer) throw new DomainError('INVALID_REQUEST_BODY', answer.refused.join('; '));
  return answer.accepted;
}

const toVerdict = (result: StandardResult<Json>) =>
  result.issues === undefined
    ? { accepted: result.value }
    : { refused: result.issues.slice(0, MOST_ISSUES).map(issueText) };

function issueText({ path = [], message }: StandardIssue): string {
  const steps = path.map((step) => String(typeof step === 'object' ? step.key : step));
  return `${['settings', ...steps].join('.')}: ${message}`.slice(0, 300);
}
