import { describe, it } from '@jest/globals';
import { PROCESSOR_ADAPTER } from '@payonce/plugin-sdk';
import type { ProcessorAdapter } from '@payonce/plugin-sdk';
import { memoryHost, processorAdapterConformance } from '@payonce/plugin-sdk/testing';
import { processorManual } from './index.js';
import { ordersIn } from './orders.js';
import { OPTIONS, act } from './testing/desk.js';
import { faultyHost, unreachableHost, within } from './testing/faulty-store.js';

const BUSINESS = 'bus_conformance';
const host = faultyHost(memoryHost());
let more = 0;

/** The adapter that an operator acts on: another process with the same database. */
async function operators(): Promise<ProcessorAdapter> {
  const found: ProcessorAdapter[] = [];
  await processorManual(OPTIONS).load(
    { add: (kind, provider) => void (kind.name === PROCESSOR_ADAPTER.name && found.push(provider as never)) },
    host,
  );
  const [adapter] = found;
  if (adapter === undefined) throw new Error('nothing was registered');
  return adapter;
}

const orders = () => ordersIn({ store: host.store({ business: BUSINESS, mode: 'test' }), now: () => new Date() });

processorAdapterConformance({
  runner: { describe, it },
  id: 'manual',
  plugin: () => within(host, processorManual(OPTIONS)),
  misconfigured: [
    processorManual({ accounts: [] }),
    processorManual({ accounts: [{ currencies: ['DOGE'], details: [{ label: 'Wallet', value: 'D1' }] }] }),
  ],
  unreachable: within(unreachableHost, processorManual(OPTIONS)),
  secrets: [],
  paymentMethods: { declines: 'tok_any' },
  async buyerPays({ reference }) {
    const order = await orders().find(reference);
    if (order === undefined) throw new Error(`there is no order ${reference}`);
    const { amount, currency } = order.amount;
    const input = { reference, amount: amount + more, currency, evidence: 'line 1', actor: 'the kit' };
    await act(await operators(), { name: 'mark_paid', input, business: BUSINESS });
  },
  async ledger(reference) {
    const order = await orders().find(reference);
    const transfers = order?.settled === true ? order.transfers : [];
    const back = (await orders().findOfRefund(reference))?.refunds ?? [];
    return [
      ...transfers.map(({ amount }) => ({ kind: 'charge' as const, amount })),
      ...back
        .filter((refund) => refund.reference === reference && refund.status === 'succeeded')
        .map(({ amount }) => ({ kind: 'refund' as const, amount })),
    ];
  },
  faults: {
    loseNextAnswer: () => host.loseNextAnswer(),
    holdNextAnswer: () => host.holdNextAnswer(),
    captureMore: (by) => void (more = by),
    clear() {
      more = 0;
      host.clear();
    },
  },
});
