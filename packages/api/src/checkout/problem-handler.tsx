import { isDomainError } from '@payonce/engine/domain';
import type { Logger } from '@payonce/engine/ports';
import type { ErrorRequestHandler, Request } from 'express';
import { PageProblem } from './page-problem.js';
import { html } from './views/page.js';
import { ProblemPage } from './views/problem-page.js';

const NOT_NOW = {
  status: 503,
  title: 'We cannot be reached right now',
  message: 'Nothing was charged. Try again in a minute: this page keeps its address.',
};

/** After Pay nobody knows whether the request was stored, so that is what the page says. */
const PAY_NOT_NOW = {
  status: 503,
  title: 'We lost the connection for a moment',
  message:
    'If your payment request reached us, we have it, and it counts once. Open the checkout again to see where it stands, before you pay again.',
};

const UNREADABLE = {
  status: 400,
  title: 'This form could not be read',
  message: 'Nothing was charged. Go back, reload the page, and try again.',
};

/** Answers whatever went wrong with a page that says what happened to the money. Details go to the log alone. */
export const problemHandler =
  ({ logger }: { readonly logger: Logger }): ErrorRequestHandler =>
  (thrown: unknown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const problem = toProblem(thrown, request);
    if (problem.status >= 500) logger.error({ error: thrown, status: problem.status }, 'a checkout page failed');
    if (problem.status === 503) response.set('Retry-After', '30');
    response.status(problem.status);
    if (request.accepts('html', 'json') === 'json') response.json({ message: problem.message });
    else
      response
        .type('html')
        .send(html(<ProblemPage base={request.baseUrl} {...problem} retry={retryAddress(problem.status, request)} />));
  };

function toProblem(thrown: unknown, request: Request): Pick<PageProblem, 'status' | 'title' | 'message'> {
  if (thrown instanceof PageProblem) return { status: thrown.status, title: thrown.title, message: thrown.message };
  if (isRefusedBody(thrown)) return { ...UNREADABLE, status: thrown.status };
  const calm = isPay(request) ? PAY_NOT_NOW : NOT_NOW;
  return isOutage(thrown) ? calm : { ...calm, status: 500 };
}

/** What the body parser throws: a form that is too large, cut off or in an unknown encoding. */
const isRefusedBody = (thrown: unknown): thrown is { readonly status: number } =>
  thrown instanceof Error &&
  'status' in thrown &&
  typeof thrown.status === 'number' &&
  thrown.status >= 400 &&
  thrown.status < 500;

const isOutage = (thrown: unknown): boolean =>
  (isDomainError(thrown) && thrown.code === 'SERVICE_UNAVAILABLE') ||
  (thrown instanceof Error && thrown.name.startsWith('Mongo'));

const isPay = ({ method, path }: Request): boolean => method === 'POST' && path.endsWith('/pay');

const SESSION = /^\/session\/[A-Za-z0-9_-]+/;

function retryAddress(status: number, { baseUrl, path }: Request): string | null {
  const session = SESSION.exec(path)?.[0];
  return status === 404 || session === undefined ? null : `${baseUrl}${session}`;
}
