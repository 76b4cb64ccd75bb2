import type { InvoiceId, PaymentId } from '../domain/ids.js';
import type { Payment } from '../domain/payment.js';
import type { Scope } from '../domain/scope.js';
import { mapping } from './codec/mapping.js';
import { count, id, instant } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { where } from './filter.js';
import { scope } from './shapes/common.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

/** A number that is taken. Rows are never removed, so the numbers of a scope have no gap. */
interface InvoiceRow extends Scope {
  readonly payment: PaymentId;
  readonly invoice: InvoiceId;
  /** From 1 on. */
  readonly number: number;
  readonly at: Date;
}

const invoices = mapping<InvoiceRow>({
  collection: 'invoices',
  identity: 'payment',
  fields: { ...scope, payment: id('pay'), invoice: id('inv'), number: count, at: instant },
});

export const invoiceIndexes: CollectionIndexes = {
  collection: 'invoices',
  version: 1,
  indexes: [{ name: 'one_per_number', key: { business: 1, mode: 1, number: -1 }, unique: true }],
};

/** So many others would have to take a number each between two looks before a claim gives up. */
const MAX_TRIES = 1000;

const shown = ({ invoice, number }: InvoiceRow): NonNullable<Payment['invoice']> => ({
  id: invoice,
  number: `INV-${String(number).padStart(6, '0')}`,
});

/** Invoice numbers. The unique index on the number is the truth; the row's id says that a payment has one only. */
export function invoiceNumbers(deps: TableDeps) {
  const table = openTable({ ...deps, mapping: invoices });
  const newest = newestNumbers(deps);
  return {
    /** Takes the next number of the scope, or answers the one that the payment has. Repeat-safe. */
    async assign({ payment, ...claim }: Omit<InvoiceRow, 'number'>): Promise<NonNullable<Payment['invoice']>> {
      const theirs = await table.byId(payment);
      if (theirs) return shown(theirs);
      let number = (await newest.read(claim)) + 1;
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const row = { ...claim, payment, number };
        if (await table.tryAdd(row)) {
          await newest.raise(row);
          return shown(row);
        }
        const [taken, last] = await Promise.all([table.byId(payment), newest.read(claim)]);
        if (taken) return shown(taken);
        number = Math.max(number, last) + 1;
      }
      throw new Error(`payment ${payment} found no free invoice number in ${MAX_TRIES} tries`);
    },
  };
}

/** A number of the scope that is taken, so that a claim starts near the end. */
interface NewestNumber {
  readonly scope: string;
  readonly number: number;
}

const newestMapping = mapping<NewestNumber>({
  collection: 'invoice_newest',
  identity: 'scope',
  fields: { scope: { read: String, write: String }, number: count },
});

/**
 * Where to start looking. It only names numbers that are taken, so starting after it leaves no gap; when it lags
 * behind, a claim goes through the taken ones step by step.
 */
function newestNumbers(deps: TableDeps) {
  const table = openTable({ ...deps, mapping: newestMapping });
  const keyOf = ({ business, mode }: Scope): string => JSON.stringify([business, mode]);
  return {
    read: async (of: Scope): Promise<number> => (await table.byId(keyOf(of)))?.number ?? 0,
    async raise({ number, ...of }: Scope & { readonly number: number }): Promise<void> {
      const key = keyOf(of);
      const { fitted } = await table.change(where({ _id: key }), { $max: { number } });
      if (!fitted && !(await table.add({ scope: key, number })))
        await table.change(where({ _id: key }), { $max: { number } });
    },
  };
}
