import { Router } from 'express';
import { z } from 'zod';
import type { Faults } from '../faults/faults.js';
import { faultRule } from '../faults/rule.js';
import type { Payments } from '../payments.js';
import type { Refunds } from '../refunds.js';
import { toWirePayment, toWireRefund } from '../wire.js';
import { line, parse } from './parse.js';

const rules = z.array(faultRule).max(100);
const outcome = z.enum(['succeeded', 'failed']).exactOptional();
const settlement = z.union([
  z.strictObject({ payment: line(64), outcome }),
  z.strictObject({ refund: line(64), outcome }),
]);

export interface ControlRoutesDeps {
  readonly faults: Faults;
  readonly payments: Payments;
  readonly refunds: Refunds;
  readonly origin: () => string;
}

/** What no real processor has: faults on request, and time that passes on request. Never subject to faults itself. */
export function controlRoutes({ faults, payments, refunds, origin }: ControlRoutesDeps): Router {
  const router = Router();
  router.put('/faults', async (request, response) => {
    await faults.replace(parse(rules, request.body));
    response.json({ rules: await faults.list() });
  });
  router.get('/faults', async (_request, response) => {
    response.json({ rules: await faults.list() });
  });
  router.delete('/faults', async (_request, response) => {
    await faults.replace([]);
    response.json({ rules: [] });
  });
  router.post('/settle', async (request, response) => {
    const { outcome: forced, ...which } = parse(settlement, request.body);
    const end = forced === undefined ? {} : { outcome: forced };
    if ('payment' in which) {
      response.json(toWirePayment(await payments.settle({ id: which.payment, ...end }), origin()));
      return;
    }
    const { payment, refund } = await refunds.settle({ id: which.refund, ...end });
    response.json(toWireRefund(payment, refund));
  });
  return router;
}
