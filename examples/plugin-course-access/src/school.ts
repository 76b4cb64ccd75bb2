import { RetryableError } from '@payonce/plugin-sdk';
import { callOut, failureIn } from '@payonce/plugin-sdk/http';
import { z } from 'zod';

/** One request to the school. */
export interface SchoolRequest<Answer> {
  readonly path: string;
  readonly body: unknown;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly schema: z.ZodType<Answer>;
  /** What no error may repeat. */
  readonly people: readonly string[];
}

/** Speaks to the school. Throws the errors of the contract and no others. */
export interface SchoolClient {
  send<Answer>(request: SchoolRequest<Answer>): Promise<Answer>;
}

/** What is read of an enrollment. */
export const enrollment = z.object({
  title: z.string().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }).max(2048),
});

export const schoolClient = ({
  origin,
  apiKey,
}: {
  readonly origin: string;
  readonly apiKey: string;
}): SchoolClient => ({
  async send({ path, body, idempotencyKey, signal, schema, people }) {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    };
    const call = {
      who: 'school',
      method: 'POST',
      url: `${origin}${path}`,
      headers,
      body: JSON.stringify(body),
      signal,
    };
    const answer = await callOut(call);
    if (answer.status >= 300) throw failureIn({ who: 'school', hidden: [apiKey, ...people], ...answer });
    const { success, data } = schema.safeParse(answer.json);
    if (success) return data;
    throw new RetryableError({ code: 'school_answer_invalid', message: 'the school answered nothing to go by' });
  },
});
