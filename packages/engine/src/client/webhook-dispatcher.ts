import { ActivityExecutionAlreadyStartedError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { deliveryTaskQueue } from '../messages/index.js';
import type { WebhookDispatcher } from '../ports/index.js';

/** What both dispatchers need. */
export interface DispatcherDeps {
  readonly client: Client;
  readonly taskQueuePrefix: string;
}

/** One standalone activity per delivery: its own row on the screen, retried by the server. Needs Temporal 1.31 or newer. */
export const activityDispatcher = ({ client, taskQueuePrefix }: DispatcherDeps): WebhookDispatcher => ({
  async dispatch({ delivery, mode }) {
    await unlessStarted(() =>
      client.activity.start('deliverEvent', {
        id: delivery,
        taskQueue: deliveryTaskQueue({ mode, prefix: taskQueuePrefix }),
        args: [{ delivery }],
        startToCloseTimeout: '30 seconds',
        scheduleToCloseTimeout: '3 days',
        retry: { initialInterval: '5 seconds', backoffCoefficient: 1 },
        idReusePolicy: 'REJECT_DUPLICATE',
        summary: delivery,
      }),
    );
  },
});

/** One small workflow per delivery, for servers without standalone activities. */
export const workflowDispatcher = ({ client, taskQueuePrefix }: DispatcherDeps): WebhookDispatcher => ({
  async dispatch({ delivery, mode }) {
    await unlessStarted(() =>
      client.workflow.start('deliverEvent', {
        workflowId: delivery,
        taskQueue: deliveryTaskQueue({ mode, prefix: taskQueuePrefix }),
        args: [{ delivery }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      }),
    );
  },
});

/** Starting twice is starting once. */
async function unlessStarted(start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (
      !(error instanceof ActivityExecutionAlreadyStartedError) &&
      !(error instanceof WorkflowExecutionAlreadyStartedError)
    )
      throw error;
  }
}
