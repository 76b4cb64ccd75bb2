import type { ErrorRequestHandler, RequestHandler } from 'express';
import { MongoError } from 'mongodb';
import type { Logger } from 'pino';
import { ApiError, notFound } from '../api-error.js';

/** Answers what no route answered. */
export const noSuchRoute: RequestHandler = () => {
  throw notFound('route');
};

/** Turns whatever was thrown into `{code, message}`. Unexpected errors are logged, and answered without details. */
export const answerErrors =
  (logger: Logger): ErrorRequestHandler =>
  (thrown: unknown, _request, response, _next) => {
    const error = toApiError(thrown);
    if (error.status >= 500 && !(thrown instanceof ApiError)) logger.error({ err: thrown }, 'request failed');
    if (response.headersSent || response.destroyed) return void response.destroy();
    response.status(error.status).set(error.headers).json({ code: error.code, message: error.message });
  };

const BODY_PROBLEMS: Readonly<Record<string, string>> = {
  'entity.parse.failed': 'body: is not JSON',
  'entity.too.large': 'body: is too large',
  'encoding.unsupported': 'content-encoding: is not supported',
  'charset.unsupported': 'content-type: the charset is not supported',
};

/** Body parser and router errors carry a 4xx status; a database error passes with time; anything else is ours. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof MongoError) {
    const headers = { 'retry-after': '1' };
    return new ApiError({ status: 503, code: 'unavailable', message: 'the service is not available', headers });
  }
  const { status, type } = readProblem(thrown);
  if (status < 400 || status > 499)
    return new ApiError({ status: 500, code: 'internal_error', message: 'something went wrong' });
  return new ApiError({
    status,
    code: 'invalid_request',
    message: BODY_PROBLEMS[type] ?? 'the request cannot be read',
  });
}

function readProblem(thrown: unknown): { readonly status: number; readonly type: string } {
  if (typeof thrown !== 'object' || thrown === null) return { status: 500, type: '' };
  const status = 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : 500;
  const type = 'type' in thrown && typeof thrown.type === 'string' ? thrown.type : '';
  return { status, type };
}
