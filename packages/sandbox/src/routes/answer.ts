import type { Response } from 'express';
import type { StoredAnswer } from '../store/idempotency-keys.js';

/** An answer with a value as JSON. */
export const json = (value: unknown, status = 200): StoredAnswer => ({ status, body: JSON.stringify(value) });

/** Sends JSON text as it is. */
export function sendJson(response: Response, { status, body }: StoredAnswer): void {
  response.status(status).type('application/json').send(body);
}
