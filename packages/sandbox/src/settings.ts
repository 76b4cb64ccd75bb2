import type { Logger } from 'pino';

/** What the sandbox runs with. */
export interface SandboxOptions {
  readonly mongodbUri: string;
  /** Its own database: nothing else writes there. */
  readonly database: string;
  /** What callers of the API send as Bearer token. */
  readonly secretKey: string;
  /** 0 takes a free port, the default. */
  readonly port?: number;
  readonly host?: string;
  /** What buyers reach it by; by default `http://localhost:<port>`. */
  readonly origin?: string;
  /** A webhook endpoint that is there from the start. */
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** Allows `/v1/control`: faults and settlements on request. Off by default. */
  readonly faults?: boolean;
  /** How long processing payments and pending refunds take. 10 s by default. */
  readonly settleAfterMs?: number;
  /** How long the webhook of a lost answer is withheld. 60 s by default. */
  readonly answerLostMs?: number;
  /** How long an idempotency key lives. 24 h by default. */
  readonly idempotencyKeyLifeMs?: number;
  /** The waits between the attempts of a webhook delivery. */
  readonly webhookBackoffMs?: readonly number[];
  readonly clock?: () => Date;
  /** Silent by default. */
  readonly logger?: Logger;
}

/** A sandbox that runs. */
export interface RunningSandbox {
  readonly origin: string;
  readonly port: number;
  /** Finishes what is under way (at most 5 s), then stops. What is owed to the outside is taken up by the next start. */
  close(): Promise<void>;
}
