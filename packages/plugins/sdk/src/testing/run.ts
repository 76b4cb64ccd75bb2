import { resultOf } from './check.js';
import type { Check, CheckResult } from './check.js';
import { ConformanceError } from './ensure.js';
import { reportOf } from './report.js';
import type { ConformanceReport } from './report.js';

/** The part of a test runner that the kit uses; jest's and node:test's both fit. */
export interface TestRunner {
  /** Opens a group of tests. */
  describe(name: string, body: () => void): unknown;
  /** Adds a test, which fails when its body rejects. */
  it(name: string, body: () => Promise<void>): unknown;
}

/** How a run is set up. */
export interface RunOptions {
  /** `{ describe, it }` of jest, node:test or anything like them. */
  readonly runner: TestRunner;
  /** Gets the report after the last check: print it, keep it. */
  readonly onReport?: (report: ConformanceReport) => void | Promise<void>;
  /** Writes the report as JSON to a path: `{ path: 'conformance.json', writeFile }`, with `writeFile` of node:fs/promises. */
  readonly saveReport?: {
    readonly path: string;
    readonly writeFile: (path: string, text: string) => Promise<void>;
  };
}

/** What to run, and for whom. */
interface Run extends RunOptions {
  readonly kind: string;
  readonly id: string;
  readonly checks: readonly Check[];
}

/** Registers one test per check, and one that hands over the report. Answers the report, which fills while the tests run. */
export function register({ runner, kind, id, checks, onReport, saveReport }: Run): ConformanceReport {
  const results: CheckResult[] = [];
  const report = reportOf({ kind, id, results });
  runner.describe(`${kind} '${id}' keeps the contract`, () => {
    for (const check of checks) {
      runner.it(check.name, async () => {
        const result = await resultOf(check);
        results.push(result);
        if (result.status === 'failed') throw new ConformanceError(result.problem);
      });
    }
    runner.it('hands over its report', async () => {
      await onReport?.(report);
      await saveReport?.writeFile(saveReport.path, `${JSON.stringify(report, undefined, 2)}\n`);
    });
  });
  return report;
}
