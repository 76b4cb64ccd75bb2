import type { Call } from '@payonce/plugin-sdk';
import { callOut, failureIn, messageId, signedHeaders } from '@payonce/plugin-sdk/http';
import type { Answer } from '@payonce/plugin-sdk/http';
import type { HttpOptions } from './options.js';

/** One call of the merchant's system. */
export interface Post extends Pick<Call, 'idempotencyKey' | 'signal'> {
  readonly type: 'fulfill' | 'revoke';
  readonly body: unknown;
  /** What no error may repeat, wherever it comes from. */
  readonly people: readonly string[];
}

/** Signs, posts and reads. Answers a success, or 410; everything else is one of the contract's errors. */
export interface HttpClient {
  post(post: Post): Promise<Answer>;
}

/** As codes of errors begin. */
export const RECEIVER = 'receiver';

export interface HttpClientDeps extends Pick<HttpOptions, 'url' | 'secret' | 'timeoutMs'> {
  now(): Date;
}

export const httpClient = ({ url, secret, timeoutMs, now }: HttpClientDeps): HttpClient => ({
  async post({ type, body: content, idempotencyKey, signal, people }) {
    const body = JSON.stringify(content);
    const id = messageId(`${type} ${idempotencyKey}`);
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      ...signedHeaders({ id, secret, body, at: now() }),
    };
    const answer = await callOut({ who: RECEIVER, method: 'POST', url, headers, body, signal, timeoutMs });
    if (answer.status < 300 || answer.status === 410) return answer;
    throw failureIn({ who: RECEIVER, hidden: people, ...answer });
  },
});
