import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RetryableError } from '@payonce/plugin-sdk';
import type { Call, FulfillmentProvider, Grant, Json, PluginHost, PluginStore } from '@payonce/plugin-sdk';
import { ticketProvider } from '../provider.js';

export const NOW = new Date('2027-05-01T17:00:00.000Z');

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A process that sells tickets. Several of one host are several processes of one installation. */
export const openOffice = (host: PluginHost): FulfillmentProvider =>
  ticketProvider({ host, now: () => NOW, randomBytes });

export const call = (idempotencyKey: string, signal: Call['signal'] = new AbortController().signal): Call => ({
  idempotencyKey,
  signal,
  logger,
  mode: 'test',
});

/** One unit of a workshop with that many seats. */
export const ticketFor = (
  id: string,
  capacity: number | null,
  settings: Readonly<Record<string, Json>> = {},
): Grant => ({
  id: `entg_${id}`,
  payment: `pay_${id}`,
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_workshop',
  productName: 'Workshop',
  unit: 0,
  customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
  settings: { name: 'Letterpress', startsAt: '2027-05-01T19:30:00+02:00', place: 'Hall 3', capacity, ...settings },
});

/** What can be asked of an office, under keys of their own. */
export const desk = (office: FulfillmentProvider) => {
  const act = async (name: string, input: Json, key = `${name}:${randomInt(2 ** 40)}`) => {
    const { actions = {} } = office;
    const action = actions[name];
    if (action === undefined) throw new TypeError(`there is no action ${name}`);
    return action.run({ ...call(key), business: 'bus_1', input });
  };
  return {
    act,
    reserve: async (grant: Grant) => (await office.reserve?.({ ...call(`reserve:${grant.id}`), grant }))?.outcome,
    release: async (grant: Grant) => office.release?.({ ...call(`release:${grant.id}`), grant }),
    revoke: (grant: Grant) => office.revoke({ ...call(`revoke:${grant.id}`), grant, reason: 'refund' }),
    async buy(grant: Grant): Promise<string> {
      const answer = await office.fulfill({ ...call(`fulfill:${grant.id}`), grant });
      const items = answer.outcome === 'delivered' && answer.content.kind === 'content' ? answer.content.items : [];
      return items.find(({ qr }) => qr)?.value ?? '';
    },
    async counted(event = 'pdt_workshop') {
      const answer = await act('availability', { event });
      return answer.outcome === 'done' ? answer.answer : answer.code;
    },
  };
};

/** A host that answers late and out of order, and now and then breaks: before a change, or after it when its answer is lost. */
export const shakyHost = (host: PluginHost, { breaks }: { readonly breaks: number }): PluginHost => {
  const shaken = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const broken = (): void => {
      if (Math.random() < breaks / 2) throw new RetryableError({ code: 'store_away', message: 'the store is away' });
    };
    await pause(randomInt(3));
    broken();
    const answer = await work();
    broken();
    return answer;
  };
  return {
    store(scope): PluginStore {
      const store = host.store(scope);
      return {
        get: (key) => shaken(() => store.get(key)),
        insert: (key, value) => shaken(() => store.insert(key, value)),
        replace: (entry) => shaken(() => store.replace(entry)),
        remove: (entry) => shaken(() => store.remove(entry)),
        list: (range) => shaken(() => store.list(range)),
      };
    },
  };
};

/** Tries until it works, as the engine does. */
export async function again<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof RetryableError) return again(work);
    throw thrown;
  }
}
