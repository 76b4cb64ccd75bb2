import { SendError, isSendError } from '../ports/send-error.js';
import type { SendErrorCode } from '../ports/send-error.js';

/** By the beginning of what Node, OpenSSL and undici put into `code`, or `name` where there is no code; the first that fits decides. */
const MEANINGS: readonly (readonly [pattern: RegExp, code: SendErrorCode, message: string])[] = [
  [/^UND_ERR_CONNECT_TIMEOUT$/, 'deadline', 'The host did not accept a connection in time.'],
  [/^UND_ERR_INVALID_ARG$/, 'header_refused', 'A header of the endpoint is not one that HTTP allows.'],
  [/^(HPE_|HTTPParserError|UND_ERR_HEADERS|UND_ERR_RES)/, 'answer_invalid', 'The answer is not HTTP that we read.'],
  [
    /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|CRL_|UNABLE_TO_|DEPTH_|SELF_SIGNED|HOSTNAME_|INVALID_)/,
    'tls_failed',
    'The secure connection could not be set up.',
  ],
];

/** Says in our own words why a post failed. What the other side or a library said stays in `cause`, for the log alone. */
export function toSendError(thrown: unknown): SendError {
  if (isSendError(thrown)) return thrown;
  const code = codeOf(thrown);
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code));
  if (meaning === undefined)
    return new SendError('connection_failed', 'The host refused the connection or hung up.', { cause: thrown });
  return new SendError(meaning[1], meaning[2], { cause: thrown });
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'name' in thrown && typeof thrown.name === 'string' ? thrown.name : '';
}
