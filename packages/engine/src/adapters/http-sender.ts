import { Client } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock, HttpSender } from '../ports/outside.js';
import { SendError } from '../ports/send-error.js';
import { excerpt, retryAfterMs } from './answer.js';
import { systemClock } from './clock.js';
import { guardedConnector, systemResolve } from './guarded-connector.js';
import type { Resolve } from './guarded-connector.js';
import { toSendError } from './send-failure.js';
import { urlProblem } from './webhook-url.js';
import type { UrlPolicy } from './webhook-url.js';

/** What is read of an answer before we hang up. Its status counts all the same. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

/** Headers that say where a message goes and where it ends: only this file writes them. */
const FRAMING = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'accept-encoding',
]);

/** How a sender is made. Without the development switches it posts over HTTPS to public addresses alone. */
export interface HttpSenderOptions extends UrlPolicy {
  /** Answers the addresses of a name; the machine's own resolver when not given. */
  readonly resolve?: Resolve;
  /** PEM of the certificate authorities to trust instead of Node's. */
  readonly ca?: string;
  readonly clock?: Clock;
}

/**
 * Posts to addresses that strangers chose. One connection per post and nothing kept between two: no cookies, no sessions, no proxy from the environment, no redirect
 * followed, nothing decompressed. The deadline covers everything from the name's look-up to the last byte read.
 */
export function createHttpSender(options: HttpSenderOptions): HttpSender {
  return {
    async post({ url, headers, body, deadlineMs }) {
      const problem = urlProblem({ ...options, url });
      if (problem !== undefined) throw new SendError(problem.code, problem.reason);
      const target = new URL(url);
      const client = createClient({ origin: target.origin, timeoutMs: deadlineMs, options });
      const request: Dispatcher.RequestOptions = {
        method: 'POST',
        path: target.pathname + target.search,
        headers: { ...withoutFraming(headers), 'accept-encoding': 'identity' },
        body,
      };
      const deadline = startDeadline(deadlineMs);
      try {
        return await Promise.race([
          exchange({ client, request, clock: options.clock ?? systemClock }),
          deadline.passed,
        ]);
      } catch (error) {
        throw toSendError(error);
      } finally {
        deadline.clear();
        await client.destroy();
      }
    },
  };
}

/** `pipelining: 0` closes the connection after its one request. */
function createClient({
  origin,
  timeoutMs,
  options,
}: {
  readonly origin: string;
  readonly timeoutMs: number;
  readonly options: HttpSenderOptions;
}): Client {
  const { allowLoopback, resolve = systemResolve, ca } = options;
  return new Client(origin, {
    connect: guardedConnector({ allowLoopback, resolve, timeoutMs, ca }),
    pipelining: 0,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

interface Exchange {
  readonly client: Client;
  readonly request: Dispatcher.RequestOptions;
  readonly clock: Clock;
}

async function exchange({ client, request, clock }: Exchange): Promise<Awaited<ReturnType<HttpSender['post']>>> {
  const answer = await client.request(request);
  const body = await readUpTo(MAX_ANSWER_BYTES, answer.body);
  return {
    status: answer.statusCode,
    body: excerpt(body),
    retryAfterMs: retryAfterMs({ header: answer.headers['retry-after'], now: clock.now() }),
  };
}

/** Reads an answer to its end or to the cap; leaving the loop destroys the rest unread. */
async function readUpTo(cap: number, stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= cap) break;
  }
  return Buffer.concat(chunks);
}

function startDeadline(deadlineMs: number): { readonly passed: Promise<never>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SendError('deadline', `No full answer within ${deadlineMs} ms.`)), deadlineMs);
  });
  return { passed, clear: () => clearTimeout(timer) };
}

const withoutFraming = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !FRAMING.has(name.toLowerCase())));
