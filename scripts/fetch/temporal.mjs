// Run as a process of its own, after the install: the SDK fetches a server by starting it once.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir, kind, version] = process.argv.slice(2);
const executable = { type: 'cached-download', downloadDir, version, ttl: '3650d' };
try {
  const environment =
    kind === 'time-skipping'
      ? await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } })
      : await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
} catch (error) {
  console.error(error.message.replaceAll('\n', ' '));
  process.exitCode = 1;
}
