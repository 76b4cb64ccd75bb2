import { NotSentError, PermanentError, RetryableError, pluginErrorKind } from '@payonce/plugin-sdk';
import { retryAfter } from '@payonce/plugin-sdk/http';
import Stripe from 'stripe';

/** Stripe did not do it, and says why. Its message may quote what was sent, so that only the codes go on. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly status: number;
  readonly code: string;
  readonly declineCode?: string;
  readonly param?: string;
  /** The payment that was declined, as Stripe has it now. */
  readonly payment?: unknown;
}

/** A refusal as a reply; everything else is thrown as the contract's errors. */
export function toReply(thrown: unknown): Refusal {
  if (pluginErrorKind(thrown) !== undefined) throw thrown;
  if (!(thrown instanceof Stripe.errors.StripeError)) throw noAnswer(thrown);
  const { statusCode = 0 } = thrown;
  if (statusCode === 0) throw noAnswer(thrown.detail ?? thrown);
  if (statusCode === 429) {
    throw new NotSentError({ code: 'processor_rate_limited', message: 'Stripe limits the rate', ...waitOf(thrown) });
  }
  if (statusCode === 401 || statusCode === 403)
    throw new PermanentError({
      code: 'processor_refused_key',
      message: `Stripe does not accept the key (${statusCode})`,
    });
  if (BELIEVED.includes(statusCode) && thrown.rawType !== 'idempotency_error') return refusalOf(thrown, statusCode);
  throw new RetryableError({
    code: 'processor_error',
    message: `Stripe answered ${statusCode} ${codeOf(thrown)}`,
    ...waitOf(thrown),
  });
}

/** 409, and what is said of the idempotency key, speak of another request: that one may have charged. */
const BELIEVED: readonly number[] = [400, 402, 404];

function refusalOf(error: Stripe.errors.StripeError, status: number): Refusal {
  const { decline_code: declineCode, param, payment_intent: payment } = error;
  return {
    kind: 'refusal',
    status,
    code: codeOf(error),
    ...(declineCode && { declineCode }),
    ...(param !== undefined && { param }),
    ...(payment !== undefined && { payment }),
  };
}

const codeOf = ({ code, rawType }: Stripe.errors.StripeError): string => (code ?? rawType ?? 'unknown').slice(0, 100);

/** What our own fetch threw; or that an answer was none. */
const noAnswer = (cause: unknown): unknown =>
  pluginErrorKind(cause) === undefined
    ? new RetryableError({ code: 'processor_no_answer', message: 'Stripe did not answer', cause })
    : cause;

const waitOf = ({ headers }: Stripe.errors.StripeError): { readonly retryAfterMs?: number } =>
  retryAfter(new Headers(headers));
