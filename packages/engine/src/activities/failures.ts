import { ApplicationFailure } from '@temporalio/common';
import { classify } from '../plugins/index.js';

/** A step that a repetition cannot mend. The message is ours: no foreign text reaches Temporal. */
export const finalFailure = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, type);

/** A step that goes on once somebody has put right what the message says. */
export const waitingFailure = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.retryable(message, type);

/** Turns whatever a plugin threw into a failure that says our code and nothing of what the plugin said. */
export function pluginFailure(thrown: unknown): ApplicationFailure {
  const { kind, code, retryAfterMs } = classify(thrown);
  return ApplicationFailure.create({
    type: code,
    message: `the plugin answered ${code}`,
    nonRetryable: kind === 'permanent',
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
  });
}
