import type { AttemptId, AttemptRequest, Session } from '@payonce/engine/domain';
import type { Request, RequestHandler, Response } from 'express';
import { checkoutState, findSession, readRecord } from '../checkout-record.js';
import type { CheckoutRecord } from '../checkout-record.js';
import { refusalText } from '../decline-text.js';
import type { CheckoutDeps } from '../deps.js';
import { requireOwnForm } from '../form-guard.js';
import { billingAddress, formErrors, plainTaxId, readPayForm } from '../pay-form.js';
import type { FormValues, PayForm } from '../pay-form.js';
import { returnAddress, webAddress } from '../return-url.js';
import { nextAttempt, showSession } from '../show-session.js';
import type { Reply } from '../show-session.js';
import { quoteForForm } from '../shown-quote.js';
import { submitAttempt } from '../submit.js';
import type { RefusalReason, Submitted } from '../submit.js';

/** Pay: stores the attempt, waits for its first outcome, and leads on. Every repetition of the same press is one. */
export const payRoute =
  (deps: CheckoutDeps): RequestHandler =>
  async (request, response) => {
    const session = await findSession(deps, request.params['id']);
    const form = readPayForm(request.body);
    requireOwnForm({ request, token: form.token, secrets: deps.secrets, subject: session.id, origin: deps.origin });
    const record = await readRecord(deps, session);
    await pressPay(deps, { request, response, record, form });
  };

interface Press {
  readonly request: Request;
  readonly response: Response;
  readonly record: CheckoutRecord;
  readonly form: PayForm;
}

async function pressPay(deps: CheckoutDeps, press: Press): Promise<void> {
  const { request, response, record, form } = press;
  const { kind } = checkoutState({ record, now: deps.clock.now() });
  const repeated = record.attempts.find(({ id }) => id === form.attempt)?.id;
  const mayPay =
    kind === 'payable' ||
    kind === 'action' ||
    ((kind === 'processing' || kind === 'transfer') && repeated !== undefined);
  if (!mayPay) return response.redirect(303, pageOf(press));
  const objection = await objectionTo(deps, { press, repeated: repeated !== undefined });
  if (objection) return showSession(deps, { request, response, record, reply: { values: form.values, ...objection } });
  const answer = await submit(deps, { press, attempt: repeated ?? nextAttempt(deps, record) });
  await leadOn(deps, { press, answer });
}

const pageOf = ({ request, record }: Pick<Press, 'request' | 'record'>): string =>
  `${request.baseUrl}/session/${record.session.id}`;

/** Why this form is not submitted: something is missing, or the buyer saw another total. A repetition was priced when it came first. */
async function objectionTo(
  deps: CheckoutDeps,
  { press: { record, form }, repeated }: { readonly press: Press; readonly repeated: boolean },
): Promise<Reply | undefined> {
  const errors = formErrors(form.values);
  if (Object.keys(errors).length > 0) return { status: 400, errors };
  if (repeated) return undefined;
  const { quote, unavailable } = await quoteForForm(deps, { session: record.session, values: form.values });
  if (unavailable) return refusal('tax_unavailable');
  return quote.total === form.shownTotal ? undefined : refusal('amount_changed');
}

const refusal = (reason: RefusalReason, soldOut?: string): Reply => ({
  status: reason === 'tax_unavailable' || reason === 'goods_unavailable' ? 503 : 409,
  message: {
    tone: reason === 'amount_changed' ? 'info' : 'bad',
    title: TITLES[reason] ?? 'The payment did not go through',
    text: refusalText(reason, soldOut),
  },
});

const TITLES: Partial<Record<RefusalReason, string>> = {
  amount_changed: 'Please look at the new total',
  sold_out: 'Sold out',
};

async function submit(
  deps: CheckoutDeps,
  { press, attempt }: { readonly press: Press; readonly attempt: AttemptId },
): Promise<Submitted> {
  const { session } = press.record;
  const { values, shownTotal = -1 } = press.form;
  const request = await attemptRequest(deps, { session, values, shownTotal });
  const waitMs = deps.patience?.submitMs;
  return submitAttempt({ ...deps, ...(waitMs === undefined ? {} : { waitMs }) }, { session, request, attempt });
}

async function attemptRequest(
  { stores, ids, clock }: CheckoutDeps,
  {
    session,
    values,
    shownTotal,
  }: { readonly session: Session; readonly values: FormValues; readonly shownTotal: number },
): Promise<AttemptRequest> {
  const { business, mode, currency } = session;
  const { email, name } = values;
  const known = await stores.customers.ensure({
    id: ids.mint('cus'),
    business,
    mode,
    email,
    name,
    phone: null,
    metadata: {},
    createdAt: clock.now(),
  });
  return {
    customer: { id: known.id, email, name, phone: known.phone },
    billing: billingAddress({ values, session }),
    taxId: plainTaxId(values),
    customerBusinessName: values.business && values.businessName !== '' ? values.businessName : null,
    shownTotal,
    currency,
    paymentMethod: null,
  };
}

/** To the processor, to the merchant, or back to the page, which shows what is on record by now. */
async function leadOn(
  deps: CheckoutDeps,
  { press, answer }: { readonly press: Press; readonly answer: Submitted },
): Promise<void> {
  const { request, response, record, form } = press;
  const { session } = record;
  if (answer.status === 'requires_action')
    return response.redirect(303, (await processorPage(deps, { session, answer })) ?? pageOf(press));
  if (answer.status === 'refused' && answer.reason !== 'expired') {
    const now = await readRecord(deps, session);
    return showSession(deps, {
      request,
      response,
      record: now,
      reply: {
        values: form.values,
        ...refusal(answer.reason, now.attempts.find(({ id }) => id === answer.attempt)?.soldOut),
      },
    });
  }
  const returnUrl = answer.status === 'succeeded' ? webAddress(session.returnUrl) : undefined;
  response.redirect(
    303,
    returnUrl === undefined
      ? pageOf(press)
      : returnAddress({ returnUrl, payment: session.payment, status: 'succeeded' }),
  );
}

/** The processor's page, if browsers may be redirected there from a form; the session's page has a link to it otherwise. */
async function processorPage(
  { stores, logger, processorOrigins }: CheckoutDeps,
  { session, answer }: { readonly session: Session; readonly answer: Submitted },
): Promise<string | undefined> {
  const outcome = (await stores.attempts.find(answer.attempt))?.outcome;
  const action = outcome?.status === 'requires_action' ? outcome.action : null;
  const url = action?.type === 'redirect' ? webAddress(action.url) : undefined;
  if (url === undefined || processorOrigins.includes(new URL(url).origin)) return url;
  logger.warn({ session: session.id, origin: new URL(url).origin }, 'redirect to an origin that is not configured');
  return undefined;
}
