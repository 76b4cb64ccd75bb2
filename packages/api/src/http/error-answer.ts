import { isDomainError } from '@payonce/engine/domain';
import type { DomainError } from '@payonce/engine/domain';
import { STATUS_OF } from '../errors.js';
import type { ErrorAnswer } from '../errors.js';
import { HttpRefusal } from './refusal.js';
import { isPluginFailure } from './plugin-failure.js';
import { isStoreOutage } from './store-outage.js';

const RETRY_SOON = { 'retry-after': '2' };

/** What a thrown value means to the caller. Whatever is not a refusal of ours says nothing about itself: its words are for the log. */
export function errorAnswer(thrown: unknown): ErrorAnswer {
  if (isDomainError(thrown)) return refused(thrown);
  if (isStoreOutage(thrown) || isPluginFailure(thrown)) return unavailable();
  return readerAnswer(thrown) ?? unexpected();
}

function refused(error: DomainError): ErrorAnswer {
  const own = error instanceof HttpRefusal ? error : undefined;
  const status = own?.status ?? STATUS_OF[error.code];
  return {
    status,
    headers: { ...defaultHeaders(status), ...own?.headers },
    body: { code: own?.toldCode ?? error.code, message: error.message },
  };
}

/** The official clients retry every 409 unless told that it is for good. */
function defaultHeaders(status: number): Readonly<Record<string, string>> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  if (status === 409) return { 'x-should-retry': 'false' };
  return status === 503 ? RETRY_SOON : {};
}

const unavailable = (): ErrorAnswer => ({
  status: 503,
  headers: RETRY_SOON,
  body: { code: 'SERVICE_UNAVAILABLE', message: 'The service cannot answer right now: try again in a few seconds.' },
});

const unexpected = (): ErrorAnswer => ({
  status: 500,
  headers: {},
  body: {
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on our side. The request id in the answer helps to find out what.',
  },
});

/** Bad requests that the HTTP libraries found: they carry a 4xx status of their own. */
function readerAnswer(thrown: unknown): ErrorAnswer | undefined {
  const status = statusOf(thrown);
  if (status === undefined || status < 400 || status > 499) return undefined;
  const [code, message] = READER_WORDS[status] ?? READER_DEFAULT;
  return { status, headers: {}, body: { code, message } };
}

const READER_DEFAULT = ['INVALID_REQUEST_PARAMETERS', 'The request cannot be read.'] as const;
const READER_WORDS: Readonly<Record<number, readonly [string, string]>> = {
  413: ['PAYLOAD_TOO_LARGE', 'The request body is too large.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The encoding of the request body is not supported.'],
};

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}
