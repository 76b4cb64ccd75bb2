import type { Call } from '@payonce/plugin-sdk';
import type { CallOptions } from './guarded-call.js';

/** A plugin's request as our own code asks it: the deadline, the signal and the logger are the caller's to make. */
export type Asked<Request extends Call> = Omit<Request, keyof Call> & CallOptions;

/** What a request says beside the options of its call: a copy, so that a plugin that writes into it writes into its own. */
export function dataOf<Request extends CallOptions>(asked: Request): Omit<Request, keyof CallOptions> {
  const { idempotencyKey: _key, mode: _mode, deadlineMs: _deadline, signal: _signal, ...data } = asked;
  return structuredClone(data);
}
