// A worker for the bare workflow, in a process of its own so that its CPU time can be told. Says when it is ready, and ends with its parent.
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';

const [address, namespace, taskQueue] = process.argv.slice(2);

Runtime.install({ logger: new DefaultLogger('WARN') });
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('bare-workflow.mjs', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  workflowBundle,
  activities: { nothing: async () => undefined },
  maxConcurrentActivityTaskExecutions: 100,
});
process.once('disconnect', () => process.exit());
const running = worker.run();
process.send('ready');
await running;
