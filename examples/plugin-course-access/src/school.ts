import { NotSentError, PermanentError, RetryableError } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** One request to the school. */
export interface SchoolRequest<Answer> {
  readonly path: string;
  readonly body: unknown;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly schema: z.ZodType<Answer>;
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

const refusal = z.object({ code: z.string().regex(/^[a-z_]{1,60}$/), message: z.string().min(1).max(300) });

export const schoolClient = ({
  origin,
  apiKey,
}: {
  readonly origin: string;
  readonly apiKey: string;
}): SchoolClient => ({
  async send(request) {
    if (request.signal.aborted)
      throw new NotSentError({ code: 'school_not_asked', message: 'the call was over before it began' });
    const { status, json } = await exchange(`${origin}${request.path}`, toFetch(request, apiKey));
    const parsed = request.schema.safeParse(json);
    if (status === 200 && parsed.success) return parsed.data;
    const refused = refusal.safeParse(json);
    if (REFUSALS.has(status) && refused.success) throw new PermanentError(refused.data);
    throw new RetryableError({ code: 'school_error', message: `the school answered ${status}, with nothing to go by` });
  },
});

/** What the school will say again to the same request. */
const REFUSALS = new Set([400, 401, 409, 422]);

const toFetch = ({ body, idempotencyKey, signal }: SchoolRequest<unknown>, apiKey: string): RequestInit => ({
  method: 'POST',
  redirect: 'manual',
  signal,
  headers: {
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    'idempotency-key': idempotencyKey,
  },
  body: JSON.stringify(body),
});

async function exchange(url: string, init: RequestInit): Promise<{ readonly status: number; readonly json: unknown }> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, json: jsonOf(await response.text()) };
  } catch (cause) {
    throw new RetryableError({ code: 'school_no_answer', message: 'the school did not answer', cause });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
