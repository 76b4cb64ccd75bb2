import type { Clock, WebhookSigner } from '@payonce/engine/ports';

/** Where operators are told. */
export interface OperatorWebhook {
  /** Chosen by whoever runs this process, so addresses of the own network are fine. */
  readonly url: string;
  /** 'whsec_' and base64; unsigned without it. */
  readonly secret?: string;
}

/** A message to operators. */
export interface OperatorMessage {
  /** The same on every attempt, so that a receiver can drop a repetition. */
  readonly id: string;
  readonly body: string;
}

/** Posts one message. Rejects unless the answer is 2xx. */
export type PostToOperators = (message: OperatorMessage) => Promise<void>;

const DEADLINE_MS = 10_000;

/** Posts to the operators' address, signed as Standard Webhooks says when there is a secret. Follows no redirect. */
export const operatorPost =
  ({
    url,
    secret,
    clock,
    signer,
  }: OperatorWebhook & { readonly clock: Clock; readonly signer: WebhookSigner }): PostToOperators =>
  async ({ id, body }) => {
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    const signature =
      secret === undefined ? {} : { 'webhook-signature': signer.sign({ id, timestamp, body, secrets: [secret] }) };
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'payonce-operators/1',
        'webhook-id': id,
        'webhook-timestamp': `${timestamp}`,
        ...signature,
      },
      body,
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the operators' address answered ${response.status}`);
  };
