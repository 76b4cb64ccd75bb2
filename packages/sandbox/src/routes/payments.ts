import { Router } from 'express';
import type { Request } from 'express';
import { z } from 'zod';
import { notFound } from '../api-error.js';
import type { Payment } from '../domain/payment.js';
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

export function paymentRoutes({ payments, store, operate, origin }: PaymentRoutesDeps): Router {
  const router = Router();
  const show = (payment: Payment) => json(toWirePayment(payment, origin()));

  const create = (request: Request): OperationRequest => {
    const {
      return_url: returnUrl,
      payment_method: paymentMethod,
      metadata: data = {},
      ...fields
    } = parse(newPayment, request.body);
    return {
      operation: 'create_payment',
      references: async () => [fields.reference],
      mintId: paymentId,
      work: async (id) => {
        const { payment, answerLost } = await payments.create({
          ...fields,
          id,
          returnUrl,
          metadata: data,
          ...(paymentMethod !== undefined && { paymentMethod }),
        });
        return { ...show(payment), lost: answerLost };
      },
    };
  };
  const list = (request: Request): OperationRequest => {
    const query = parse(byReference, request.query);
    const work = async () => {
      const found = await store.listByReference(query.reference);
      return json({ items: found.map((payment) => toWirePayment(payment, origin())) });
    };
    return { operation: 'retrieve_payment', references: async () => [query.reference], work };
  };
  const retrieve = (id: string): OperationRequest => ({
    operation: 'retrieve_payment',
    references: () => referencesOf(id),
    work: async () => {
      const payment = await store.find(id);
      if (payment === undefined) throw notFound('payment');
      return show(payment);
    },
  });
  const cancel = (id: string): OperationRequest => ({
    operation: 'cancel',
    references: () => referencesOf(id),
    mintId: () => id,
    work: async () => show(await payments.cancel(id)),
  });
  const referencesOf = async (id: string): Promise<readonly string[]> => {
    const payment = await store.find(id);
    return payment === undefined ? [] : [payment.reference];
  };

  router.post('/', (request, response) => operate({ request, response }, create(request)));
  router.get('/', (request, response) => operate({ request, response }, list(request)));
  router.get('/:id', (request, response) => operate({ request, response }, retrieve(request.params.id)));
  router.post('/:id/cancel', (request, response) => {
    parse(nothing, request.body);
    return operate({ request, response }, cancel(request.params.id));
  });
  return router;
}
