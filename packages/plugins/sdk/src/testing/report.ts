import type { CheckResult } from './check.js';

/** What a run of the kit found out about a plugin. */
export interface ConformanceReport {
  /** Whether nothing failed. What is not supported is declared, not failed. */
  readonly passed: boolean;
  /** One per check that ran, in order. */
  readonly results: readonly CheckResult[];
  /** A table: one line per check, then the sums. */
  toText(): string;
  /** What `JSON.stringify` writes. */
  toJSON(): ConformanceReportJson;
}

/** A report as data. */
export interface ConformanceReportJson {
  /** 'tax_calculator', 'fulfillment_provider' or 'processor_adapter'. */
  readonly kind: string;
  /** The id of the provider. */
  readonly id: string;
  /** The version of the contract that was tried. */
  readonly contractVersion: 1;
  /** How many checks passed. */
  readonly passed: number;
  /** How many promises the plugin declares not to make. */
  readonly notSupported: number;
  /** How many checks failed. */
  readonly failed: number;
  /** Each check, and how it ended. */
  readonly checks: readonly CheckResult[];
}

/** A report over results, which may still be growing. */
export function reportOf({
  kind,
  id,
  results,
}: {
  readonly kind: string;
  readonly id: string;
  readonly results: readonly CheckResult[];
}): ConformanceReport {
  const count = (status: CheckResult['status']) => results.filter((result) => result.status === status).length;
  const toJSON = (): ConformanceReportJson => ({
    kind,
    id,
    contractVersion: 1,
    passed: count('passed'),
    notSupported: count('not_supported'),
    failed: count('failed'),
    checks: [...results],
  });
  return {
    results,
    get passed() {
      return count('failed') === 0;
    },
    toJSON,
    toText: () => textOf(toJSON()),
  };
}

function textOf({ kind, id, passed, notSupported, failed, checks }: ConformanceReportJson): string {
  return [
    `${kind} '${id}': ${passed} passed, ${notSupported} not supported, ${failed} failed`,
    ...checks.map((result) => `${WORDS[result.status]}  ${result.check}${remark(result)}`),
  ].join('\n');
}

const WORDS = { passed: 'passed       ', not_supported: 'not supported', failed: 'FAILED       ' } as const;

function remark(result: CheckResult): string {
  switch (result.status) {
    case 'passed':
      return '';
    case 'not_supported':
      return ` (${result.declared})`;
    case 'failed':
      return `\n               ${result.problem}`;
  }
}
