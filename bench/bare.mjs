import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const TASK_QUEUE = 'bare';

/** The bare workflow with a worker of its own, on the same server. */
export async function startBare({ client, address }) {
  const path = fileURLToPath(new URL('bare-worker.mjs', import.meta.url));
  const worker = fork(path, [address, client.options.namespace, TASK_QUEUE]);
  await Promise.race([once(worker, 'message'), once(worker, 'exit').then(failed)]);
  return {
    pid: worker.pid,
    /** Runs one from start to end. Answers its workflow id. */
    async run() {
      const workflowId = `bare/${randomUUID()}`;
      const handle = await client.workflow.start('bare', { workflowId, taskQueue: TASK_QUEUE });
      await handle.signal('go');
      await handle.result();
      return workflowId;
    },
    async stop() {
      const ended = once(worker, 'exit');
      worker.kill('SIGKILL');
      await ended;
    },
  };
}

function failed() {
  throw new Error('the worker of the bare workflow did not start');
}
