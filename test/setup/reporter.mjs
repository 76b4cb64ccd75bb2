import { writeFileSync } from 'node:fs';
import { closingLine } from '../../scripts/lib/closing-line.mjs';

/** Counts tests; a file that could not be run at all counts as one failure. */
export default class CountingReporter {
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    const file = process.env.PAYONCE_TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
    else process.stdout.write(`${closingLine(counts)}\n`);
  }
}
