/** A JSON API that a secret key opens. */
export interface Caller {
  /** Answers the parsed body. Rejects for anything but a success. */
  call(request: Call): Promise<Readonly<Record<string, unknown>>>;
}

/** One request. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** Calls an API at an address, with its key. */
export const callerOf = ({ url, key }: { readonly url: string; readonly key: string }): Caller => ({
  async call({ path, body, idempotencyKey, method = body === undefined ? 'GET' : 'POST' }) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  },
});
