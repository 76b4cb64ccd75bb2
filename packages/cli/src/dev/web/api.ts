import type { z } from 'zod';
import { Explained } from '../../explained.js';

/** One call of the API. */
export interface ApiCall<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
  /** What is read of the answer. */
  readonly answer: Schema;
}

/** Calls the API with a secret key. Rejects with what it answered when that is no success. */
export interface Api {
  call<Schema extends z.ZodType>(call: ApiCall<Schema>): Promise<z.output<Schema>>;
}

/** An answer of the API that is no success. */
export class Refused extends Explained {
  readonly status: number;

  constructor({ call, status, body }: { readonly call: string; readonly status: number; readonly body: string }) {
    super(`${call} answered ${status} ${body}`, { exitCode: 1 });
    this.name = 'Refused';
    this.status = status;
  }
}

/** An API at an address. */
export const createApi = ({ url, key }: { readonly url: string; readonly key: string }): Api => ({
  async call({ method, path, body, answer }) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused({ call: `${method} ${path}`, status: response.status, body: text });
    return answer.parse(text === '' ? undefined : JSON.parse(text));
  },
});
