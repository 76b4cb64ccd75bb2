/** A refusal as the API answers it: `{code, message}` with a status. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(refusal: { status: number; code: string; message: string; headers?: Readonly<Record<string, string>> }) {
    super(refusal.message);
    this.name = 'ApiError';
    this.status = refusal.status;
    this.code = refusal.code;
    this.headers = refusal.headers ?? {};
  }
}

/** There is nothing under this id. */
export const notFound = (what: string): ApiError =>
  new ApiError({ status: 404, code: 'not_found', message: `no such ${what}` });

/** The request doesn't parse; the message names the field. */
export const invalidRequest = (message: string): ApiError =>
  new ApiError({ status: 400, code: 'invalid_request', message });
