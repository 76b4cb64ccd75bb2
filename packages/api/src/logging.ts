import type { IncomingMessage } from 'node:http';
import { MongoError } from 'mongodb';
import { nanoid } from 'nanoid';
import { pino, stdSerializers } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { HttpLogger } from 'pino-http';

/** Field names under which plugins and libraries may carry people or secrets. */
const HIDDEN = [
  'authorization',
  'email',
  'name',
  'phone',
  'street',
  'city',
  'zipcode',
  'card',
  'key',
  'secret',
  'token',
  'password',
];

/** JSON lines. What names people or secrets is cut out wherever it stands up to two levels deep. */
export const createLogger = ({
  level,
  destination,
}: {
  readonly level: string;
  readonly destination?: DestinationStream;
}): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: HIDDEN.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
      serializers: { err: serializeError },
    },
    ...(destination ? [destination] : []),
  );

/** One line per request: id, method, path, status, time. No body, no headers, no query string: those hold people. */
export const logRequests = (logger: Logger): HttpLogger =>
  pinoHttp({
    logger,
    genReqId: (_request, response) => {
      const id = nanoid();
      response.setHeader('x-request-id', id);
      return id;
    },
    autoLogging: { ignore: ({ url }) => url === '/health' || url === '/ready' },
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    customProps: (request) => purchaseIds(request),
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, path: loggedPath(url) }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
  });

/** The path with what opens doors cut out: upload tokens are keys. */
const loggedPath = (url: string): string =>
  (url.split('?', 1)[0] ?? '').replace(/^(\/uploads\/).+$/, '$1[token]').slice(0, 200);

/** Makes the lines of one purchase easy to find. */
function purchaseIds({ url }: IncomingMessage): object {
  const found = /\/((?:pay|cks|ref|pdt)_[A-Za-z0-9_-]{21})(?:[/?]|$)/.exec(url ?? '')?.[1];
  return found === undefined ? {} : { id: found };
}

/** A database error repeats the values it stumbled over, so only its kind is kept. */
function serializeError(error: Error): object {
  if (!(error instanceof MongoError)) return stdSerializers.err(error);
  return { type: error.name, code: error.code, labels: error.errorLabels, stack: frames(error) };
}

const frames = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
