import type { Collection, Db } from 'mongodb';
import type { FaultRule } from '../faults/rule.js';

/** A rule in force, and how often it may still act; undefined is without end. */
export interface ActiveRule {
  readonly rule: FaultRule;
  readonly left?: number;
}

/** The rules, in one document: replaced as a whole, used up one by one. */
export interface FaultSet {
  readonly version: string;
  readonly rules: readonly ActiveRule[];
}

export interface FaultRuleStore {
  replace(set: FaultSet): Promise<void>;
  read(): Promise<FaultSet | undefined>;
  /** Uses a rule once; answers false when it was used up or replaced meanwhile. */
  spend(version: string, index: number): Promise<boolean>;
}

interface FaultDocument {
  readonly _id: 'rules';
  readonly schemaVersion: 1;
  readonly version: string;
  readonly rules: readonly ActiveRule[];
}

export function createFaultRuleStore(db: Db): FaultRuleStore {
  const faults: Collection<FaultDocument> = db.collection<FaultDocument>('faults');
  return {
    async replace({ version, rules }) {
      await faults.updateOne({ _id: 'rules' }, { $set: { schemaVersion: 1, version, rules } }, { upsert: true });
    },
    async read() {
      const document = await faults.findOne({ _id: 'rules' });
      return document === null ? undefined : { version: document.version, rules: document.rules };
    },
    async spend(version, index) {
      const left = `rules.${index}.left`;
      const spent = await faults.updateOne({ _id: 'rules', version, [left]: { $gt: 0 } }, { $inc: { [left]: -1 } });
      return spent.modifiedCount === 1;
    },
  };
}
