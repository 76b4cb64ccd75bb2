import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { EndpointId } from '../domain/ids.js';

/** The failure type of a delivery that waits for its endpoint's turn. No post was made, so none is counted. */
const ENDPOINT_BUSY = 'endpoint_busy';

const WAIT_MS = 2_000;

/** Keeps one endpoint from holding all places of a worker. */
export interface EndpointSlots {
  /** Runs the work, or throws a retryable {@link ENDPOINT_BUSY} when the endpoint has its share already. */
  run<Result>(request: { readonly endpoint: EndpointId; readonly work: () => Promise<Result> }): Promise<Result>;
}

/** At most `limit` posts at a time to each endpoint, per process. An endpoint that hangs then delays its own events alone. */
export function endpointSlots({
  limit,
  random,
}: {
  readonly limit: number;
  readonly random: () => number;
}): EndpointSlots {
  const taken = new Map<EndpointId, number>();
  return {
    async run({ endpoint, work }) {
      const before = taken.get(endpoint) ?? 0;
      if (before >= limit) throw busy(random);
      taken.set(endpoint, before + 1);
      try {
        return await work();
      } finally {
        const left = (taken.get(endpoint) ?? 1) - 1;
        if (left === 0) taken.delete(endpoint);
        else taken.set(endpoint, left);
      }
    },
  };
}

const busy = (random: () => number): ApplicationFailure =>
  ApplicationFailure.create({
    type: ENDPOINT_BUSY,
    message: 'the endpoint is busy with earlier events',
    nextRetryDelay: Math.round(WAIT_MS * (0.5 + random())),
    category: ApplicationFailureCategory.BENIGN,
  });
