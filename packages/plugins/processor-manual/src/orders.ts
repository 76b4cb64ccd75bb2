import type { PluginStore } from '@payonce/plugin-sdk';
import { order } from './order.js';
import type { Order } from './order.js';
import { isOpen, lapsed } from './order.js';
import { plainNumber } from './reference-number.js';
import { stopIfAborted } from './unless-aborted.js';

/** The payments of one business and mode. */
export interface Orders {
  /** As it stands now: its last day may have passed since it was written. */
  find(reference: string): Promise<Order | undefined>;
  /** By the number that the buyer quoted, however it was typed, or by our reference. */
  findQuoted(typed: string): Promise<Order | undefined>;
  /** Adds it if its number is free; false when the number is another payment's. An order that is there stays as it is. Goes on with no step once the signal is aborted: it must not appear when it is looked for in vain already. */
  add(order: Order, signal: AbortSignal): Promise<boolean>;
  /** Changes an order, again from the newest when somebody was faster; the same object from `next` changes nothing. Answers the order as it is then. */
  change(reference: string, next: (order: Order) => Order): Promise<Order | undefined>;
  /** The same as `find`, and what time decided is written down. */
  settle(reference: string): Promise<Order | undefined>;
  /** Makes a refund findable by its reference and its number, before it is written to its order. */
  nameRefund(refund: { readonly reference: string; readonly number: string; readonly order: string }): Promise<void>;
  /** The order that a refund belongs to, by either name. */
  findOfRefund(typed: string): Promise<Order | undefined>;
  /** A page of what waits for somebody, in the order of its numbers. */
  listOpen(page: OpenPage): Promise<OpenList>;
}

export interface OpenPage {
  readonly kind: 'payment' | 'refund';
  readonly after?: string | undefined;
}

export interface OpenList {
  readonly orders: readonly Order[];
  /** Where the next page begins; null on the last. */
  readonly after: string | null;
}

const PAGE = 100;
const NAMEABLE = /^[\x21-\x7e]{1,180}$/;

export function ordersIn({ store, now }: { readonly store: PluginStore; readonly now: () => Date }): Orders {
  const read = async (reference: string) => {
    const entry = NAMEABLE.test(reference) ? await store.get(`payment:${reference}`) : undefined;
    return entry && { ...entry, value: order.parse(entry.value) };
  };
  const named = async (key: string): Promise<Order | undefined> => {
    const name = await store.get(key);
    return typeof name?.value === 'string' ? orders.find(name.value) : undefined;
  };
  const orders: Orders = {
    async find(reference) {
      const entry = await read(reference);
      return entry && lapsed(entry.value, now());
    },
    findQuoted: async (typed) =>
      (await orders.find(typed.trim())) ?? (await named(`number:${plainNumber(typed).slice(0, 60)}`)),
    async add(added, signal) {
      const number = plainNumber(added.number);
      const isOurs = await claim(store, { key: `number:${number}`, value: added.reference });
      if (!isOurs) return false;
      stopIfAborted(signal);
      await store.insert(openKey('payment', number), added.reference);
      stopIfAborted(signal);
      await store.insert(`payment:${added.reference}`, added);
      return true;
    },
    async change(reference, next) {
      for (;;) {
        const entry = await read(reference);
        if (entry === undefined) return undefined;
        const changed = next(lapsed(entry.value, now()));
        if (changed !== entry.value && !(await store.replace({ ...entry, value: changed }))) continue;
        await tidy(store, changed);
        return changed;
      }
    },
    settle: (reference) => orders.change(reference, (same) => same),
    async nameRefund({ reference, number, order: of }) {
      await store.insert(`refund:${reference}`, of);
      await store.insert(`refund:${plainNumber(number)}`, of);
      await store.insert(openKey('refund', plainNumber(number)), of);
    },
    findOfRefund: async (typed) =>
      (NAMEABLE.test(typed.trim()) ? await named(`refund:${typed.trim()}`) : undefined) ??
      (await named(`refund:${plainNumber(typed).slice(0, 60)}`)),
    async listOpen({ kind, after }) {
      const prefix = openKey(kind, '');
      const entries = await store.list({ prefix, limit: PAGE, ...(after && { after: `${prefix}${after}` }) });
      const found = await Promise.all(
        entries.map(async ({ value }) => (typeof value === 'string' ? orders.find(value) : undefined)),
      );
      const last = entries.length === PAGE ? entries.at(-1) : undefined;
      return {
        orders: [...new Map(found.flatMap((each) => (each ? [[each.reference, each] as const] : []))).values()],
        after: last === undefined ? null : last.key.slice(prefix.length),
      };
    },
  };
  return orders;
}

const openKey = (kind: OpenPage['kind'], number: string): string => `open-${kind}:${number}`;

/** Whether the key holds this value now: one of many callers wins, and a repetition of the winner does too. */
async function claim(
  store: PluginStore,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<boolean> {
  return (await store.insert(key, value)) || (await store.get(key))?.value === value;
}

/** Takes what waits for nobody any more off the lists. A crash before leaves a name that the lists skip. */
async function tidy(store: PluginStore, changed: Order): Promise<void> {
  const done = [
    ...(isOpen(changed) ? [] : [openKey('payment', plainNumber(changed.number))]),
    ...changed.refunds
      .filter(({ status }) => status !== 'pending')
      .map(({ number }) => openKey('refund', plainNumber(number))),
  ];
  for (const key of done) {
    const entry = await store.get(key);
    if (entry !== undefined) await store.remove(entry);
  }
}
