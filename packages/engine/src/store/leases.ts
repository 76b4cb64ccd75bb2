import type { LeaseStore } from '../ports/lease-store.js';
import { mapping } from './codec/mapping.js';
import { instant, text } from './codec/scalars.js';
import { where } from './filter.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly until: Date;
}

const leases = mapping<Lease>({
  collection: 'leases',
  identity: 'name',
  fields: { name: text, holder: text, until: instant },
});

/** Leases. Each step is one conditional write; of two holders that find a lease over, one takes it. */
export function leaseStore(deps: TableDeps): LeaseStore {
  const table = openTable({ ...deps, mapping: leases });
  return {
    async hold({ name, holder, now, until }) {
      const taken = { $set: leases.changes({ holder, until }) };
      const prolonged = await table.change(where({ _id: name, holder }), taken);
      if (prolonged.fitted) return true;
      const over = { ...where({ _id: name }), until: { $lte: instant.write(now, 'now') } };
      const { fitted } = await table.change(over, taken);
      return fitted || table.add({ name, holder, until });
    },
    async release({ name, holder }) {
      await table.remove(where({ _id: name, holder }));
    },
  };
}
