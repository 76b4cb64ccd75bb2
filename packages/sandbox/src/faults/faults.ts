import { setTimeout as sleep } from 'node:timers/promises';
import { instanceId } from '../ids.js';
import type { ActiveRule, FaultRuleStore } from '../store/fault-rules.js';
import type { Effect, FaultRule, Operation } from './rule.js';

/** Asks whether something goes wrong now. */
export interface FaultQuestion {
  readonly operation: Operation;
  /** The effects that make sense here: rules with others are left for their own place. */
  readonly effects: readonly Effect[];
  /** Called only when a rule needs it. */
  readonly references: () => Promise<readonly string[]>;
}

/** Things that go wrong on request. */
export interface Faults {
  /** The first rule that fits, used up once. */
  take(question: FaultQuestion): Promise<FaultRule | undefined>;
  /** What to add to the amount of a capture. */
  captureDelta(reference: string): Promise<number>;
  replace(rules: readonly FaultRule[]): Promise<void>;
  list(): Promise<readonly ActiveRule[]>;
}

/** Waits a rule's `delay_ms`; rejects when the process closes meanwhile. A `hang` waits elsewhere. */
export async function pause(rule: FaultRule | undefined, closing: AbortSignal): Promise<void> {
  if (rule?.delay_ms === undefined || rule.effect === 'hang') return;
  await sleep(rule.delay_ms, undefined, { signal: closing, ref: false });
}

/** Nothing goes wrong: faults are switched off. */
export const noFaults: Faults = {
  take: () => Promise.resolve(undefined),
  captureDelta: () => Promise.resolve(0),
  replace: () => Promise.reject(new Error('faults are switched off')),
  list: () => Promise.resolve([]),
};

/** Rules in the database: they survive a restart. */
export function createFaults({ store }: { store: FaultRuleStore }): Faults {
  const take = async (question: FaultQuestion): Promise<FaultRule | undefined> => {
    const set = await store.read();
    if (set === undefined) return undefined;
    for (const [index, active] of set.rules.entries()) {
      if (!(await fits(active, question))) continue;
      if (active.left !== undefined && !(await store.spend(set.version, index))) continue;
      return active.rule;
    }
    return undefined;
  };

  return {
    take,
    async captureDelta(reference) {
      const references = async () => [reference];
      const rule = await take({ operation: 'create_payment', effects: ['captured_amount'], references });
      return rule?.delta ?? 0;
    },
    async replace(rules) {
      const active = rules.map((rule) => ({ rule, ...(rule.times !== undefined && { left: rule.times }) }));
      await store.replace({ version: instanceId(), rules: active });
    },
    async list() {
      return (await store.read())?.rules ?? [];
    },
  };
}

async function fits({ rule, left }: ActiveRule, { operation, effects, references }: FaultQuestion): Promise<boolean> {
  if (left === 0 || !effects.includes(rule.effect)) return false;
  if (rule.operation !== 'any' && rule.operation !== operation) return false;
  return rule.reference === undefined || (await references()).includes(rule.reference);
}
