import express, { Router } from 'express';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { checkCard } from '../domain/card-form.js';
import type { Payment } from '../domain/payment.js';
import { cardByNumber } from '../domain/test-cards.js';
import { cardPage } from '../pages/card-page.js';
import { challengePage } from '../pages/challenge-page.js';
import { messagePage } from '../pages/message-page.js';
import { returnAddress } from '../pages/return-address.js';
import type { Payments } from '../payments.js';
import type { PaymentStore } from '../store/payments.js';

const cardForm = z.strictObject({
  number: z.string().max(100),
  expiry: z.string().max(20),
  cvc: z.string().max(20),
  name: z.string().max(200),
});
const challengeForm = z.strictObject({ outcome: z.enum(['complete', 'fail']) });

export interface PayRoutesDeps {
  readonly payments: Payments;
  readonly store: PaymentStore;
  readonly clock: () => Date;
}

/** The hosted card page. What it shows follows from the payment's state, so going back, reloading and submitting twice are all harmless. */
export function payRoutes(deps: PayRoutesDeps): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 10 }));
  const visit = (show: Show) => (request: Request<{ secret: string }>, response: Response) =>
    withPayment({ deps, request, response, show });

  router.get('/:secret', visit(showPayment));
  router.post('/:secret', visit(pay));
  router.post('/:secret/cancel', visit(cancel));
  router.get('/:secret/challenge', visit(showChallenge));
  router.post('/:secret/challenge', visit(answerChallenge));
  return router;
}

interface Visit {
  readonly deps: PayRoutesDeps;
  readonly payment: Payment;
  readonly request: Request<{ secret: string }>;
  readonly response: Response;
}

type Show = (visit: Visit) => unknown;

/** Finds the payment of the address, or shows that there is none. */
async function withPayment({ show, ...exchange }: Omit<Visit, 'payment'> & { readonly show: Show }): Promise<void> {
  const payment = await exchange.deps.store.findBySecret(exchange.request.params.secret);
  if (payment !== undefined) return void (await show({ ...exchange, payment }));
  const page = messagePage({ title: 'No such payment', text: 'Check the address, or go back to the shop.' });
  exchange.response.status(404).send(page);
}

async function pay({ deps, payment, request, response }: Visit): Promise<unknown> {
  if (payment.state.kind !== 'requires_action' || isChallenged(payment)) return moveOn(response, payment);
  const form = cardForm.safeParse(request.body);
  if (!form.success) return badForm(response);
  const checked = checkCard(form.data, deps.clock());
  if (!checked.valid) {
    return response.status(422).send(cardPage({ payment, typed: form.data, errors: checked.errors }));
  }
  const charged = await deps.payments.charge({ payment, card: cardByNumber(checked) });
  if (charged.answerLost) return request.socket.destroy();
  return moveOn(response, charged.payment);
}

async function answerChallenge({ deps, payment, request, response }: Visit): Promise<unknown> {
  if (!isChallenged(payment)) return moveOn(response, payment);
  const form = challengeForm.safeParse(request.body);
  if (!form.success) return badForm(response);
  const passed = form.data.outcome === 'complete';
  return moveOn(response, await deps.payments.answerChallenge({ id: payment.id, passed }));
}

const cancel = async ({ deps, payment, response }: Visit): Promise<unknown> =>
  goBack(response, await deps.payments.cancel(payment.id));

const showChallenge = (visit: Visit): unknown =>
  isChallenged(visit.payment) ? visit.response.send(challengePage(visit.payment)) : showPayment(visit);

const isChallenged = ({ state }: Payment): boolean => state.kind === 'requires_action' && state.challenge !== undefined;

const goBack = (response: Response, payment: Payment): void => response.redirect(303, returnAddress(payment));

/** To the next step if the payment has one, else back to the shop. */
function moveOn(response: Response, payment: Payment): void {
  if (isChallenged(payment)) return response.redirect(303, `/pay/${payment.clientSecret}/challenge`);
  if (payment.state.kind === 'requires_action') return response.redirect(303, `/pay/${payment.clientSecret}`);
  return goBack(response, payment);
}

function showPayment({ payment, response }: Visit): unknown {
  switch (payment.state.kind) {
    case 'requires_action':
      return isChallenged(payment)
        ? response.redirect(303, `/pay/${payment.clientSecret}/challenge`)
        : response.send(cardPage({ payment }));
    case 'processing':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return response.send(messagePage({ ...CLOSED[payment.state.kind], back: returnAddress(payment) }));
  }
}

const CLOSED = {
  processing: { title: 'The payment is being processed', text: 'The shop hears from us as soon as it is done.' },
  succeeded: { title: 'The payment is done', text: 'There is nothing left to pay here.' },
  failed: { title: 'The payment was declined', text: 'Nothing was charged. You can try again in the shop.' },
  cancelled: { title: 'The payment was cancelled', text: 'Nothing was charged.' },
} as const;

const badForm = (response: Response): unknown =>
  response
    .status(400)
    .send(messagePage({ title: 'The form cannot be read', text: 'Nothing was charged. Go back and try again.' }));
