import type { AttemptId } from '@payonce/engine/domain';
import type { Request, Response } from 'express';
import { NO_ORIGINS, clientOrigins } from './client-origins.js';
import { checkoutState } from './checkout-record.js';
import type { CheckoutRecord, CheckoutState } from './checkout-record.js';
import type { CheckoutDeps } from './deps.js';
import { formToken } from './form-guard.js';
import { initialValues } from './form-start.js';
import { allow } from './headers.js';
import { shownAgain } from './pay-form.js';
import type { FormErrors, FormValues } from './pay-form.js';
import { webAddress } from './return-url.js';
import { quoteForForm, untaxed } from './shown-quote.js';
import type { ShownQuote } from './shown-quote.js';
import type { Message } from './views/checkout-page.js';
import { html } from './views/page.js';
import { sessionPage } from './views/session-page.js';

/** What a form that came back has to say, on top of the record. */
export interface Reply {
  readonly status?: number;
  readonly values?: FormValues;
  readonly errors?: FormErrors;
  readonly message?: Message;
}

/** The id of the next press of Pay: the same for every page, tab and reload until that attempt is stored, so that together they are one. */
export const nextAttempt = ({ ids }: Pick<CheckoutDeps, 'ids'>, { session, attempts }: CheckoutRecord): AttemptId =>
  ids.derive('att', session.id, String(attempts.length + 1));

/** Something that changes whenever the page of the session would show something else. */
export function pageVersion({
  record: { payment, attempts },
  state,
}: {
  readonly record: CheckoutRecord;
  readonly state: CheckoutState;
}): string {
  return [state.kind, attempts.length, payment?.state.revision ?? 0, payment?.refundRevision ?? 0].join('.');
}

/** Sends the page of a session in the state that it is in. */
export async function showSession(
  deps: CheckoutDeps,
  {
    request,
    response,
    record,
    reply = {},
  }: {
    readonly request: Request;
    readonly response: Response;
    readonly record: CheckoutRecord;
    readonly reply?: Reply;
  },
): Promise<void> {
  const { session } = record;
  const state = checkoutState({ record, now: deps.clock.now() });
  const values = shownAgain(reply.values ?? initialValues(record));
  const offersToPay = state.kind === 'payable' || state.kind === 'action';
  const [shown, grants, client] = await Promise.all([
    quoteForState(deps, { record, state, values }),
    state.kind === 'paid' ? deps.stores.grants.listByPayment(session.payment) : [],
    offersToPay ? clientOrigins(deps, session) : NO_ORIGINS,
  ]);
  const page = sessionPage({
    deps,
    base: request.baseUrl,
    record,
    state,
    shown,
    values,
    errors: reply.errors ?? {},
    message: reply.message ?? (shown.unavailable ? TAX_UNAVAILABLE : null),
    token: formToken({ secrets: deps.secrets, subject: session.id }),
    attempt: nextAttempt(deps, record),
    grants,
    version: pageVersion({ record, state }),
  });
  allow(response, { forms: formOrigins(deps, record), client });
  response
    .status(reply.status ?? 200)
    .type('html')
    .send(html(page));
}

const TAX_UNAVAILABLE: Message = {
  tone: 'info',
  title: 'We cannot work out the tax right now',
  text: 'Nothing is charged without it. Try again in a minute.',
};

/** Where the form of a session may lead: the processor's page, and the merchant's after a payment that needs none. */
function formOrigins({ processorOrigins }: CheckoutDeps, { session }: CheckoutRecord): readonly string[] {
  const returnUrl = webAddress(session.returnUrl);
  return [...processorOrigins, ...(returnUrl === undefined ? [] : [new URL(returnUrl).origin])];
}

/** What was frozen for a charge is shown as it was; otherwise the prices of today. */
async function quoteForState(
  deps: CheckoutDeps,
  {
    record,
    state,
    values,
  }: { readonly record: CheckoutRecord; readonly state: CheckoutState; readonly values: FormValues },
): Promise<ShownQuote> {
  const { session, attempts } = record;
  const frozen = state.kind === 'paid' ? state.payment.attempt?.frozen?.quote : attempts.at(-1)?.frozen?.quote;
  if (state.kind !== 'payable' && frozen) return { quote: frozen, tax: { known: true }, unavailable: false };
  return state.kind === 'payable' || state.kind === 'action'
    ? quoteForForm(deps, { session, values })
    : untaxed({ session, instead: '—' });
}
