import { TestWorkflowEnvironment } from '@temporalio/testing';

/**
 * A time-skipping server of one test file, and what drives it: time that one file skips would be skipped for all.
 * Tear it down in `afterAll`.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const path = process.env['PAYONCE_TEST_TIMESKIPPING_EXECUTABLE'];
  if (!path) throw new Error('PAYONCE_TEST_TIMESKIPPING_EXECUTABLE is not set: run the tests with npm test');
  return TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
}
