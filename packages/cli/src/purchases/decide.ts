import { WorkflowNotFoundError, WorkflowUpdateFailedError, isGrpcDeadlineError } from '@temporalio/client';
import type { Shop } from '../connections/shop.js';
import { Explained, wordsOf } from '../explained.js';

const PATIENCE_MS = 20_000;

/** Tells a purchase something and waits for what it says. A refusal is shown in the purchase's own words. */
export async function decide<Result>(
  { temporal }: Pick<Shop, 'temporal'>,
  tell: () => Promise<Result>,
): Promise<Result> {
  try {
    return await temporal.client.withDeadline(Date.now() + PATIENCE_MS, tell);
  } catch (cause) {
    throw explain(cause);
  }
}

function explain(cause: unknown): unknown {
  if (cause instanceof WorkflowNotFoundError)
    return new Explained('No workflow of this purchase is running: there is nothing to decide.', {
      exitCode: 1,
      cause,
    });
  if (cause instanceof WorkflowUpdateFailedError)
    return new Explained(`Refused: ${wordsOf(cause.cause ?? cause)}`, { exitCode: 1, cause });
  if (isTimeout(cause)) {
    const advice = 'Is a worker running? It may still arrive: see payonce inspect.';
    return new Explained(`The purchase did not answer within ${PATIENCE_MS / 1000} s. ${advice}`, {
      exitCode: 1,
      cause,
    });
  }
  return cause;
}

const isTimeout = (error: unknown): boolean =>
  isGrpcDeadlineError(error) || (error instanceof Error && error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError');
