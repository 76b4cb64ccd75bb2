import type { Document } from 'mongodb';
import type { Payment } from '../domain/payment.js';
import type { Refund } from '../domain/refund.js';
import type { PaymentStore } from '../ports/payment-store.js';
import type { DocumentFilter } from './filter.js';
import { between, given, where } from './filter.js';
import { payments } from './payment-mapping.js';
import type { Table } from './table.js';
import { span } from './paging.js';

interface Found {
  readonly payment: Payment;
  readonly refund: Refund;
}

type RefundStore = Pick<
  PaymentStore,
  'replaceRefunds' | 'findRefund' | 'findRefundAnywhere' | 'listRefunds' | 'listPendingRefunds'
>;

/** Refunds live in their payment's document: what is reserved and what was captured change together or not at all. */
export function paymentRefunds({ table }: { readonly table: Table<Payment> }): RefundStore {
  return {
    async replaceRefunds({ id: _id, revision, refunds }) {
      const { changed } = await table.change(where({ _id, refundRevision: revision }), {
        $set: payments.changes({ refunds, refundRevision: revision + 1 }),
      });
      return changed;
    },
    async findRefund({ id, business, mode }) {
      const payment = await table.one({ ...where({ 'refunds.id': id }), ...where({ business, mode }) });
      return payment && pick(payment, id);
    },
    async findRefundAnywhere(id) {
      const payment = await table.one(where({ 'refunds.id': id }));
      return payment && pick(payment, id);
    },
    async listRefunds({ business, mode, status, customer, page, ...created }) {
      const ofPayment = {
        ...given({ 'refunds.status': status, 'customer.id': customer }),
        ...where({ business, mode }),
      };
      const ofRefund = { ...given({ 'refunds.status': status }), ...between('refunds.createdAt', created) };
      const rows = await select(table, {
        ofPayment: { ...ofPayment, 'refunds.0': { $exists: true } },
        ofRefund,
        direction: -1,
        ...span(page),
      });
      return fetch(table, rows, 'many');
    },
    async listPendingRefunds({ before, limit }) {
      const ofRefund = { ...where({ 'refunds.status': 'pending' }), 'refunds.createdAt': { $lt: before } };
      const rows = await select(table, {
        ofPayment: where({ 'refunds.status': 'pending' }),
        ofRefund,
        direction: 1,
        skip: 0,
        limit,
      });
      return fetch(table, rows, 'readable');
    },
  };
}

interface Row {
  readonly payment: string;
  readonly refund: string;
}

interface Selection {
  readonly ofPayment: DocumentFilter;
  readonly ofRefund: DocumentFilter;
  readonly direction: 1 | -1;
  readonly skip: number;
  readonly limit: number;
}

/** The ids of a page of refunds: sorting ids and dates alone stays small, however large the payments are. */
async function select(
  table: Table<Payment>,
  { ofPayment, ofRefund, direction, skip, limit }: Selection,
): Promise<Row[]> {
  const pipeline: Document[] = [
    { $match: ofPayment },
    { $project: { 'refunds.id': 1, 'refunds.status': 1, 'refunds.createdAt': 1 } },
    { $unwind: '$refunds' },
    { $match: ofRefund },
    { $project: { _id: 0, payment: '$_id', refund: '$refunds.id', createdAt: '$refunds.createdAt' } },
    { $sort: { createdAt: direction, refund: direction } },
    { $skip: skip },
    { $limit: limit },
  ];
  return table.documents.aggregate<Row>(pipeline).toArray();
}

async function fetch(table: Table<Payment>, rows: readonly Row[], how: 'many' | 'readable'): Promise<Found[]> {
  const ids = [...new Set(rows.map(({ payment }) => payment))];
  if (ids.length === 0) return [];
  const found = await table[how]({ filter: { _id: { $in: ids } }, sort: { _id: 1 } });
  const byId = new Map<string, Payment>(found.map((payment) => [payment.id, payment]));
  return rows.flatMap(({ payment: id, refund }) => {
    const payment = byId.get(id);
    return (payment && pick(payment, refund)) ?? [];
  });
}

function pick(payment: Payment, id: string): Found | undefined {
  const refund = payment.refunds.find((each) => each.id === id);
  return refund && { payment, refund };
}
