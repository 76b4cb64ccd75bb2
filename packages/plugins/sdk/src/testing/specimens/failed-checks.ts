import { resultOf } from '../check.js';
import type { Check, CheckResult } from '../check.js';

/** Runs checks one after the other. */
export async function resultsOf(checks: readonly Check[]): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await resultOf(check));
  return results;
}

/** Names and problems of those that failed. */
export const failed = (results: readonly CheckResult[]): readonly string[] =>
  results.flatMap((result) => (result.status === 'failed' ? [`${result.check}: ${result.problem}`] : []));

/** How the check of that name ends. */
export async function resultNamed(checks: readonly Check[], name: string): Promise<CheckResult> {
  const [check, ...others] = checks.filter((candidate) => candidate.name === name);
  if (check === undefined || others.length > 0) throw new TypeError(`there is not one check named '${name}'`);
  return resultOf(check);
}
