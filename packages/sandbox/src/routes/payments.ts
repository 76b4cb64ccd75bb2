import { Router } from 'express';
import type { Request } from 'express';
import { z } from 'zod';
import { notFound } from '../api-error.js';
import { paymentId } from '../ids.js';
import type { Payments } from '../payments.js';
import type { PaymentStore } from '../store/payments.js';
import { toWirePayment } from '../wire.js';
import { json } from './answer.js';
import type { Operate, OperationRequest } from './operation.js';
import { amount, byReference, currency, line, metadata, parse, reference, webUrl } from './parse.js';

const newPayment = z.strictObject({
  reference,
  amount,
  currency,
  return_url: webUrl,
  description: line(500).exactOptional(),
  payment_method: line(100).exactOptional(),
  metadata: metadata.exactOptional(),
});
const nothing = z.strictObject({});

export interface PaymentRoutesDeps {
  readonly payments: Payments;
  readonly store: PaymentStore;
  readonly operate: Operate;
  readonly origin: () => string;
}

export function paymentRoutes(deps: PaymentRoutesDeps): Router {
  const { operate } = deps;
  const router = Router();
  router.post('/', (request, response) => operate({ request, response }, create(deps, request)));
  router.get('/', (request, response) => operate({ request, response }, list(deps, request)));
  router.get('/:id', (request, response) => operate({ request, response }, retrieve(deps, request.params.id)));
  router.post('/:id/cancel', (request, response) => {
    parse(nothing, request.body);
    return operate({ request, response }, cancel(deps, request.params.id));
  });
  return router;
}

function create({ payments, origin }: PaymentRoutesDeps, { body }: Request): OperationRequest {
  const { return_url: returnUrl, payment_method: paymentMethod, ...fields } = parse(newPayment, body);
  const request = { metadata: {}, ...fields, returnUrl, ...(paymentMethod !== undefined && { paymentMethod }) };
  return {
    operation: 'create_payment',
    references: async () => [fields.reference],
    mintId: paymentId,
    work: async (id) => {
      const { payment, answerLost } = await payments.create({ ...request, id });
      return { ...json(toWirePayment(payment, origin())), lost: answerLost };
    },
  };
}

function list({ store, origin }: PaymentRoutesDeps, request: Request): OperationRequest {
  const query = parse(byReference, request.query);
  const work = async () => {
    const found = await store.listByReference(query.reference);
    return json({ items: found.map((payment) => toWirePayment(payment, origin())) });
  };
  return { operation: 'retrieve_payment', references: async () => [query.reference], work };
}

const retrieve = ({ store, origin }: PaymentRoutesDeps, id: string): OperationRequest => ({
  operation: 'retrieve_payment',
  references: () => referencesOf(store, id),
  work: async () => {
    const payment = await store.find(id);
    if (payment === undefined) throw notFound('payment');
    return json(toWirePayment(payment, origin()));
  },
});

const cancel = ({ payments, store, origin }: PaymentRoutesDeps, id: string): OperationRequest => ({
  operation: 'cancel',
  references: () => referencesOf(store, id),
  mintId: () => id,
  work: async () => json(toWirePayment(await payments.cancel(id), origin())),
});

async function referencesOf(store: PaymentStore, id: string): Promise<readonly string[]> {
  const payment = await store.find(id);
  return payment === undefined ? [] : [payment.reference];
}
