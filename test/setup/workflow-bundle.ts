/** The workflow code for `Worker.create({ workflowBundle })`, bundled once per run. */
export function testWorkflowBundle(): { readonly codePath: string } {
  const codePath = process.env['PAYONCE_TEST_WORKFLOW_BUNDLE'];
  if (!codePath) throw new Error('PAYONCE_TEST_WORKFLOW_BUNDLE is not set: run the tests with npm test');
  return { codePath };
}
