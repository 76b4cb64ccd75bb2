import { RetryableError } from '@payonce/plugin-sdk';
import type { Call } from '@payonce/plugin-sdk';
import { callOut, failureIn, messageId, signedHeaders } from '@payonce/plugin-sdk/http';

/** One call of the merchant's calculator. */
export interface Post extends Pick<Call, 'idempotencyKey' | 'signal'> {
  readonly url: string;
  readonly body: object;
  /** What no error may repeat, wherever it comes from. */
  readonly hidden: readonly string[];
}

/** Signs, posts and reads. Answers the JSON of a success, undefined when it has none; everything else is one of the contract's errors. */
export interface HttpClient {
  post(post: Post): Promise<unknown>;
}

/** What calls are made with. */
export interface HttpClientDeps {
  readonly secret: string;
  readonly timeoutMs: number;
  now(): Date;
}

const WHO = 'calculator';

/** The id of a message is the same whenever the same question is repeated, and another when a price or an address changed. */
export const httpClient = ({ secret, timeoutMs, now }: HttpClientDeps): HttpClient => ({
  async post({ url, body: question, idempotencyKey, signal, hidden }) {
    const body = JSON.stringify(question);
    const id = messageId(`${idempotencyKey}\n${body}`);
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      ...signedHeaders({ id, secret, body, at: now() }),
    };
    const answer = await callOut({ who: WHO, method: 'POST', url, headers, body, signal, timeoutMs });
    if (answer.text === undefined)
      throw new RetryableError({ code: `${WHO}_answer_invalid`, message: `the ${WHO} answered more than 64 KiB` });
    if (answer.status < 300) return answer.json;
    throw failureIn({ who: WHO, hidden, ...answer });
  },
});
