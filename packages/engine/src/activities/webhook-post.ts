import type { PurchaseEvent, WebhookEndpoint } from '../domain/event.js';
import type { Clock, HttpSender, WebhookSigner } from '../ports/index.js';
import { isSendError } from '../ports/index.js';

const DEADLINE_MS = 15_000;
const USER_AGENT = 'payonce-webhooks/1';

/** What a post needs. */
export interface PostDeps {
  readonly sender: HttpSender;
  readonly signer: WebhookSigner;
  readonly clock: Clock;
}

/** What came of one post: `answer` is the HTTP status, `error` a code of ours; null when there was none. */
export interface PostOutcome {
  readonly answer: number | null;
  readonly error: string | null;
  readonly retryAfterMs: number | null;
}

/** Posts an event's stored body to an endpoint, signed for this moment. Only a 2xx leaves `error` empty; whatever the sender could not do is an outcome as well. */
export async function postEvent(
  deps: PostDeps,
  { event, endpoint }: { readonly event: PurchaseEvent; readonly endpoint: WebhookEndpoint },
): Promise<PostOutcome> {
  const headers = headersOf(deps, { event, endpoint });
  try {
    const answer = await deps.sender.post({ url: endpoint.url, headers, body: event.body, deadlineMs: DEADLINE_MS });
    const isSuccess = answer.status >= 200 && answer.status < 300;
    return {
      answer: answer.status,
      error: isSuccess ? null : `http_${answer.status}`,
      retryAfterMs: answer.retryAfterMs,
    };
  } catch (error) {
    if (!isSendError(error)) throw error;
    return { answer: null, error: error.code, retryAfterMs: null };
  }
}

/** The endpoint's own headers first, and none that bears the name of one of ours. */
function headersOf(
  { clock, signer }: PostDeps,
  { event, endpoint }: { readonly event: PurchaseEvent; readonly endpoint: WebhookEndpoint },
): Record<string, string> {
  const timestamp = Math.floor(clock.now().getTime() / 1000);
  return {
    ...customHeaders(endpoint.headers),
    'content-type': 'application/json',
    'user-agent': USER_AGENT,
    'webhook-id': event.id,
    'webhook-timestamp': `${timestamp}`,
    'webhook-signature': signer.sign({ id: event.id, timestamp, body: event.body, secrets: [endpoint.secret] }),
  };
}

const customHeaders = (headers: WebhookEndpoint['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(content-type|user-agent|webhook-.*)$/i.test(name)));
