import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { ApiError, invalidRequest } from '../api-error.js';
import { pause } from '../faults/faults.js';
import type { Faults } from '../faults/faults.js';
import { garbled } from '../faults/garbage.js';
import type { Effect, FaultRule, Operation } from '../faults/rule.js';
import { fingerprint } from '../idempotency.js';
import type { Idempotency } from '../idempotency.js';
import type { StoredAnswer } from '../store/idempotency-keys.js';
import { json, sendJson } from './answer.js';

/** What an operation answers, and whether its answer must not arrive. */
export interface OperationAnswer extends StoredAnswer {
  readonly lost?: boolean;
}

/** One operation of the API, from parsed input to answer. */
export interface OperationRequest {
  readonly operation: Operation;
  readonly references: () => Promise<readonly string[]>;
  /** For operations that make something: what its id looks like. Only these honor an Idempotency-Key. */
  readonly mintId?: () => string;
  readonly work: (objectId: string) => Promise<OperationAnswer>;
}

/** Runs an operation with its idempotency key and whatever fault is on, and sends the answer (or doesn't). */
export type Operate = (
  exchange: { request: Request; response: Response },
  operation: OperationRequest,
) => Promise<void>;

export interface OperateDeps {
  readonly faults: Faults;
  readonly idempotency: Idempotency;
  readonly closing: AbortSignal;
}

const EFFECTS: readonly Effect[] = ['error_before', 'error_after', 'hang', 'drop_answer', 'garbage', 'rate_limited'];

export const createOperate =
  ({ faults, idempotency, closing }: OperateDeps): Operate =>
  async ({ request, response }, { operation, references, mintId, work }) => {
    const key = mintId === undefined ? undefined : idempotencyKey(request);
    const rule = await faults.take({ operation, effects: EFFECTS, references });
    await pause(rule, closing);
    refuse(rule);
    let lost = rule?.effect === 'drop_answer';
    const answer = await idempotency.run({
      key,
      fingerprint: fingerprint({
        method: request.method,
        path: request.originalUrl.replace(/\/?(\?.*)?$/, ''),
        body: request.body,
      }),
      mintId: mintId ?? (() => ''),
      work: async (objectId) => {
        const done = await work(objectId);
        lost ||= done.lost === true;
        return rule?.effect === 'error_after' ? errorAfter(rule) : { status: done.status, body: done.body };
      },
    });
    if (answer.replayed) response.set('idempotent-replayed', 'true');
    if (lost) return void request.socket.destroy();
    if (rule?.effect === 'hang') await holdBack({ response, rule, closing });
    if (rule?.effect === 'garbage')
      return void response.status(200).type('text/html').send(garbled(answer.body, rule.garbage));
    sendJson(response, answer);
  };

function idempotencyKey(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalidRequest('Idempotency-Key: has 1 to 255 printable ASCII characters without spaces');
  return key;
}

function refuse(rule: FaultRule | undefined): void {
  if (rule?.effect === 'error_before') {
    throw new ApiError({ status: rule.status ?? 503, code: 'unavailable', message: 'the service is not available' });
  }
  if (rule?.effect === 'rate_limited') {
    const headers = { 'retry-after': '1' };
    throw new ApiError({ status: rule.status ?? 429, code: 'rate_limited', message: 'too many requests', headers });
  }
}

const errorAfter = (rule: FaultRule): StoredAnswer =>
  json({ code: 'internal_error', message: 'something went wrong' }, rule.status ?? 500);

/** Answers when the time is over, or never: then the caller hangs up first. */
async function holdBack({
  response,
  rule,
  closing,
}: {
  response: Response;
  rule: FaultRule;
  closing: AbortSignal;
}): Promise<void> {
  const gone = once(response, 'close', { signal: closing });
  await (rule.delay_ms === undefined
    ? gone
    : Promise.race([gone, sleep(rule.delay_ms, undefined, { signal: closing, ref: false })]));
}
