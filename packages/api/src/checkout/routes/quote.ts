import { taxAddressFields } from '@payonce/engine/domain';
import type { Session } from '@payonce/engine/domain';
import type { RequestHandler } from 'express';
import { checkoutState, findSession, readRecord } from '../checkout-record.js';
import type { CheckoutDeps } from '../deps.js';
import { requireOwnForm } from '../form-guard.js';
import { readPayForm } from '../pay-form.js';
import type { FormValues } from '../pay-form.js';
import { postalCodeLabel, stateLabel, statesOf } from '../places.js';
import { showSession } from '../show-session.js';
import { quoteForForm } from '../shown-quote.js';
import type { ShownQuote } from '../shown-quote.js';
import { summarize } from '../summary.js';
import { payLabel } from '../views/payment-form.js';

/** The total for what the form says: as JSON for the script, as the same page again without one. Stores nothing. */
export const quoteRoute =
  (deps: CheckoutDeps): RequestHandler =>
  async (request, response) => {
    const session = await findSession(deps, request.params['id']);
    const { token, values } = readPayForm(request.body);
    requireOwnForm({ request, token, secrets: deps.secrets, subject: session.id, origin: deps.origin });
    const record = await readRecord(deps, session);
    const { kind } = checkoutState({ record, now: deps.clock.now() });
    const isPayable = kind === 'payable' || kind === 'action';
    if (request.accepts('html', 'json') === 'json') {
      if (isPayable)
        response.json(quoteAnswer({ session, values, shown: await quoteForForm(deps, { session, values }) }));
      else response.status(409).json({ message: 'This checkout has moved on. Reload the page.' });
    } else if (isPayable) await showSession(deps, { request, response, record, reply: { values } });
    else response.redirect(303, `${request.baseUrl}/session/${session.id}`);
  };

interface Quoted {
  readonly session: Session;
  readonly values: FormValues;
  readonly shown: ShownQuote;
}

/** What the script puts into the page. */
function quoteAnswer({
  session,
  values: { country },
  shown: { quote, tax },
}: Quoted): Readonly<Record<string, unknown>> {
  const summary = summarize({ session, quote, tax });
  return {
    total: quote.total,
    totalText: summary.total,
    payLabel: payLabel({ total: quote.total, totalText: summary.total }),
    rows: [...summary.rows, { label: 'Total', amount: summary.total }],
    spoken: summary.spoken,
    fields: taxAddressFields(country),
    states: statesOf(country),
    stateLabel: stateLabel(country),
    postalCodeLabel: postalCodeLabel(country),
  };
}
