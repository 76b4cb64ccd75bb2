import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Session } from '@payonce/engine/domain';
import type { stepsIn } from './purchase-steps.js';
import type { RunningShop } from './running-shop.js';

/** Where stories happen. */
export interface Stage {
  readonly shop: RunningShop;
  readonly at: ReturnType<typeof stepsIn>;
  /** Skips time. */
  readonly environment: Pick<TestWorkflowEnvironment, 'sleep' | 'address'>;
}

/** What happens to one purchase; answers its session. */
export type Story = (stage: Stage) => Promise<Session>;
