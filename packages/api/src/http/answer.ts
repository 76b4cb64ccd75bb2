/** What a handler answers: a status, and a body that is sent as JSON. Without a body nothing is sent but the status. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export const ok = (body?: unknown): Answer => (body === undefined ? { status: 200 } : { status: 200, body });

export const created = (body: unknown): Answer => ({ status: 201, body });

/** An answer as bytes go out: what an idempotent replay repeats. */
export interface RenderedAnswer {
  readonly status: number;
  /** Compact JSON; empty for an answer without a body. */
  readonly body: string;
}

export const render = ({ status, body }: Answer): RenderedAnswer => ({
  status,
  body: body === undefined ? '' : JSON.stringify(body),
});
