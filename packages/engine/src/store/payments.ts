import type { Payment } from '../domain/payment.js';
import type { PaymentStore } from '../ports/payment-store.js';
import { count } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { NEWEST_IN_SCOPE } from './collection-indexes.js';
import { between, given, where } from './filter.js';
import { invoiceNumbers } from './invoices.js';
import { payments } from './payment-mapping.js';
import { paymentRefunds } from './payment-refunds.js';
import type { Table, TableDeps } from './table.js';
import { openTable } from './table.js';

export const paymentIndexes: CollectionIndexes = {
  collection: 'payments',
  version: 1,
  indexes: [
    NEWEST_IN_SCOPE,
    { name: 'one_per_session', key: { session: 1 }, unique: true },
    { name: 'of_customer', key: { business: 1, mode: 1, 'customer.id': 1, createdAt: -1, _id: -1 } },
    { name: 'refund_by_id', key: { 'refunds.id': 1 } },
    { name: 'refund_by_status', key: { 'refunds.status': 1, 'refunds.createdAt': 1 } },
  ],
};

/** The record of purchases. */
export function paymentStore(deps: TableDeps): PaymentStore {
  const table = openTable({ ...deps, mapping: payments });
  const { assign } = invoiceNumbers(deps);
  return {
    ...paymentRefunds({ table }),
    insert: async (payment) => void (await table.add(payment)),
    find: (payment) => table.byId(payment),
    findScoped: ({ id: _id, business, mode }) => table.one(where({ _id, business, mode })),
    list: ({ business, mode, customer, status, product, brand, currency: code, page, ...created }) => {
      const wanted = given({ 'customer.id': customer, status, 'products.product': product, brand, currency: code });
      const filter = {
        ...where({ business, mode }),
        attempt: { $ne: null },
        ...wanted,
        ...between('createdAt', created),
      };
      return table.newest({ filter, page });
    },
    applyState: ({ id: payment, ...change }) => applyState(table, payment, change),
    async assignInvoice({ id: _id, invoice, business, mode, at }) {
      const payment = await table.one(where({ _id, business, mode }));
      if (!payment) throw new Error(`no payment ${_id} in this business and mode to give an invoice number`);
      if (payment.invoice) return payment.invoice;
      const assigned = await assign({ payment: _id, invoice, business, mode, at });
      await table.setOnce(_id, 'invoice', assigned);
      return assigned;
    },
    async setDeliverables({ id: payment, hasLicenseKey, hasDigitalDelivery }) {
      const set = { ...(hasLicenseKey && { hasLicenseKey }), ...(hasDigitalDelivery && { hasDigitalDelivery }) };
      if (Object.keys(set).length > 0) await table.change(where({ _id: payment }), { $set: payments.changes(set) });
    },
  };
}

/** One conditional write: over a revision that is not smaller it changes nothing. */
async function applyState(
  table: Table<Payment>,
  _id: Payment['id'],
  { state: next, ...shown }: Omit<Parameters<PaymentStore['applyState']>[0], 'id'>,
): Promise<Payment> {
  const filter = { ...where({ _id }), 'state.revision': { $lt: count.write(next.revision, 'state.revision') } };
  await table.change(filter, { $set: payments.changes({ ...shown, state: next, updatedAt: next.at }) });
  return table.existing(_id);
}
