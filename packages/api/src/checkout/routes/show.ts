import type { RequestHandler } from 'express';
import { checkoutState, findSession, readRecord } from '../checkout-record.js';
import type { CheckoutDeps } from '../deps.js';
import { pageVersion, showSession } from '../show-session.js';

/** The page of a session in its state. Makes nothing. */
export const showRoute =
  (deps: CheckoutDeps): RequestHandler =>
  async (request, response) => {
    const record = await readRecord(deps, await findSession(deps, request.params['id']));
    await showSession(deps, { request, response, record });
  };

/** The state alone, for pages that wait. */
export const statusRoute =
  (deps: CheckoutDeps): RequestHandler =>
  async (request, response) => {
    const record = await readRecord(deps, await findSession(deps, request.params['id']));
    const state = checkoutState({ record, now: deps.clock.now() });
    response.json({ state: state.kind, version: pageVersion({ record, state }) });
  };

/** A form's answer that is opened again by its address, such as a restored tab, is the page itself. */
export const backToPage: RequestHandler = (request, response) => {
  response.redirect(303, `${request.baseUrl}${request.path.replace(/\/(quote|pay)\/?$/, '')}`);
};
