import type { Client } from '@temporalio/client';
import type { Clock, Ids, LeaseStore, Logger, WebhookSigner } from '@payonce/engine/ports';
import type { Mode } from '@payonce/plugin-sdk';
import type { Db } from 'mongodb';
import { createMetrics } from './metrics.js';
import { noticeStore } from './notices.js';
import { operatorPost } from './operator-webhook.js';
import { startWatch } from './watch.js';

/** What is needed to see who waits for a person, and to say so. */
export interface AttentionDeps {
  readonly client: Client;
  readonly modes: readonly Mode[];
  readonly db: Db;
  readonly leases: LeaseStore;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly signer: WebhookSigner;
  readonly logger: Logger;
  readonly holder: string;
}

/** Where operators want to be told; nobody is without an address. */
export interface OperatorAddress {
  readonly url: string | undefined;
  readonly secret: string | undefined;
}

/** The eyes of operators on the purchases of a worker's modes. */
export function createAttention(deps: AttentionDeps) {
  return {
    /** In Prometheus' text format. */
    metrics: createMetrics(deps),
    /** Tells operators of each purchase that came to need them; undefined when there is no address. */
    watch({ url, secret }: OperatorAddress): { stop(): Promise<void> } | undefined {
      if (url === undefined) return undefined;
      const post = operatorPost({ ...deps, url, ...(secret !== undefined && { secret }) });
      return startWatch({ ...deps, post, notices: noticeStore(deps) });
    },
  };
}
