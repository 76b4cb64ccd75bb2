// Run as a process of its own, after the install: the SDK fetches a server by starting it once.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir, kind, version] = process.argv.slice(2);
const executable = { type: 'cached-download', downloadDir, version, ttl: '3650d' };
const create =
  kind === 'time-skipping' ? TestWorkflowEnvironment.createTimeSkipping : TestWorkflowEnvironment.createLocal;
const environment = await create({ server: { executable } });
await environment.teardown();
