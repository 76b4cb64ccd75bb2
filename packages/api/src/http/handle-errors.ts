import { STATUS_CODES } from 'node:http';
import { isDomainError } from '@payonce/engine/domain';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { errorAnswer } from './error-answer.js';

/** Turns whatever was thrown into an answer, and writes down what nobody expected; a caller who hung up is no surprise. An answer that has begun can only be cut off. */
export const handleErrors =
  (logger: Logger): ErrorRequestHandler =>
  (thrown: unknown, request, response, _next) => {
    const { status, headers, body } = errorAnswer(thrown);
    if (status >= 500 && !isDomainError(thrown) && !request.readableAborted)
      logger.error({ requestId: request.id, err: thrown }, STATUS_CODES[status] ?? 'error');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(status).set(headers).json(body);
  };
