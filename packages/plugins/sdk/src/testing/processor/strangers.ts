import type { CreatePayment } from '../../processor.js';
import type { CheckFor } from '../check.js';
import { leakChecks } from '../checks-of-all.js';
import { endingOf, ensure } from '../ensure.js';
import { ODD_TEXTS, frozen } from '../garbage.js';
import { amountOf, chargeOf, openOf, paid, refundOf } from './stage.js';
import type { ProcessorStage } from './stage.js';

/** What strangers type, and what nobody may read. */
export const STRANGERS: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'survives any text in names, descriptions and reasons',
    async run(stage) {
      const adapter = await stage.provider();
      const amount = await amountOf(stage);
      for (const text of ODD_TEXTS) {
        const customer = { id: 'cus_conformance', email: text, name: text };
        const request = openOf(stage, { amount, description: text, customer });
        await endingOf('createPayment', adapter.createPayment(request));
      }
      const payment = await paid(stage);
      for (const reason of ODD_TEXTS)
        await endingOf('refund', adapter.refund({ ...refundOf(stage, payment, 1), reason }));
    },
  },
  {
    name: 'survives references and tokens that nobody gave out',
    async run(stage) {
      const adapter = await stage.provider();
      for (const text of ODD_TEXTS) {
        const request = await chargeOf(stage, { paymentMethod: text });
        const ending = await endingOf('createPayment', adapter.createPayment(request));
        const charged = ending.kind === 'answered' && ending.answer.status === 'succeeded';
        ensure(!charged, `a charge with a token that nobody gave out succeeded`);
        await endingOf('retrievePayment', adapter.retrievePayment(stage.call({ reference: text, processorRef: text })));
        await endingOf('cancel', adapter.cancel(stage.call({ reference: text, processorRef: text })));
        await endingOf('retrieveRefund', adapter.retrieveRefund(stage.call({ reference: text, processorRef: text })));
      }
    },
  },
  {
    name: 'leaves the request as it is',
    async run(stage) {
      const { signal, logger, ...data } = await chargeOf(stage);
      await (await stage.provider()).createPayment({ signal, logger, ...frozen(data) });
    },
  },
  ...leakChecks<ProcessorStage>(async (stage) => {
    const { faults, unreachable, paymentMethods, webhooks } = stage.subject;
    const adapter = await stage.provider();
    const charge = async (by = adapter, own: Partial<CreatePayment> = {}) =>
      endingOf('createPayment', by.createPayment(await chargeOf(stage, own)));
    await charge();
    await charge(adapter, { paymentMethod: paymentMethods.declines });
    await charge(await stage.providerOf(unreachable));
    await faults.loseNextAnswer();
    await charge();
    await faults.clear();
    const body = new TextEncoder().encode('{');
    const headers = (await webhooks?.sign({ body })) ?? {};
    await endingOf('parseWebhook', adapter.parseWebhook(stage.call({ headers, body, query: {} })));
    await endingOf('parseWebhook', adapter.parseWebhook(stage.call({ headers: {}, body, query: {} })));
  }),
];
