import { Router } from 'express';
import type { Request } from 'express';
import { z } from 'zod';
import { notFound } from '../api-error.js';
import { refundId } from '../ids.js';
import type { RefundOfPayment, Refunds } from '../refunds.js';
import type { PaymentStore } from '../store/payments.js';
import { toWireRefund } from '../wire.js';
import { json } from './answer.js';
import type { Operate, OperationRequest } from './operation.js';
import { amount, byReference, line, parse, reference } from './parse.js';

const newRefund = z.strictObject({ payment: line(64), reference, amount, reason: line(500).exactOptional() });

export interface RefundRoutesDeps {
  readonly refunds: Refunds;
  readonly store: PaymentStore;
  readonly operate: Operate;
}

const referencesOf = ({ payment, refund }: RefundOfPayment): readonly string[] => [payment.reference, refund.reference];

export function refundRoutes({ refunds, store, operate }: RefundRoutesDeps): Router {
  const router = Router();

  const create = (request: Request): OperationRequest => {
    const input = parse(newRefund, request.body);
    return {
      operation: 'refund',
      references: async () => {
        const payment = await store.find(input.payment);
        return [input.reference, ...(payment ? [payment.reference] : [])];
      },
      mintId: refundId,
      work: async (id) => {
        const { payment, refund } = await refunds.create({ ...input, id });
        return json(toWireRefund(payment, refund));
      },
    };
  };
  const list = (request: Request): OperationRequest => {
    const query = parse(byReference, request.query);
    const work = async () => {
      const found = await refunds.list(query.reference);
      return json({ items: found.map(({ payment, refund }) => toWireRefund(payment, refund)) });
    };
    return { operation: 'retrieve_refund', references: async () => [query.reference], work };
  };
  const retrieve = (id: string): OperationRequest => ({
    operation: 'retrieve_refund',
    references: async () => {
      const found = await refunds.find(id);
      return found ? referencesOf(found) : [];
    },
    work: async () => {
      const found = await refunds.find(id);
      if (found === undefined) throw notFound('refund');
      return json(toWireRefund(found.payment, found.refund));
    },
  });

  router.post('/', (request, response) => operate({ request, response }, create(request)));
  router.get('/', (request, response) => operate({ request, response }, list(request)));
  router.get('/:id', (request, response) => operate({ request, response }, retrieve(request.params.id)));
  return router;
}
