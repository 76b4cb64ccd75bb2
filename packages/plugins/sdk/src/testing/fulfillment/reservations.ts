import type { Grant } from '../../fulfillment.js';
import type { CheckFor, NotSupported } from '../check.js';
import { endingOf, ensure } from '../ensure.js';
import { done } from './acting.js';
import { fulfill, grantOf, requestOf, revoke } from './stage.js';
import type { FulfillmentStage } from './stage.js';
import type { LimitedGoods } from './subject.js';

/** Units of one product, and who wants them. */
interface Stock extends Pick<LimitedGoods, 'capacity' | 'afterRevocation'> {
  /** A grant of one unit, like no other. */
  buyer(own?: Partial<Grant>): Grant;
  reserve(grant: Grant): Promise<'reserved' | 'sold_out'>;
  release(grant: Grant): Promise<void>;
  /** Sets aside that many units for new buyers, and fails when there are fewer; answers the buyers. */
  take(count: number): Promise<readonly Grant[]>;
  /** Goes on only when exactly that many units are left, and takes them. */
  ensureLeft(count: number, after: string): Promise<void>;
}

/** Runs only for a provider that sets aside. */
const limited =
  (run: (stage: FulfillmentStage, stock: Stock) => Promise<void>) =>
  async (stage: FulfillmentStage): Promise<NotSupported | undefined> => {
    const { reserve, release } = await stage.provider();
    if (reserve === undefined) return { declared: 'it has no reserve' };
    ensure(release !== undefined, 'it has reserve without release');
    const goods = stage.subject.limited;
    ensure(goods !== undefined, 'it has reserve: say what can run out (limited)');
    await run(stage, await stockOf(stage, goods));
    return undefined;
  };

async function stockOf(stage: FulfillmentStage, { capacity, settings, afterRevocation }: LimitedGoods): Promise<Stock> {
  const product = stage.fresh('pdt');
  const fresh = {
    name: stage.fresh('stock').replace('_', '-'),
    act: async (name: string, input: Parameters<typeof done>[1]['input']) =>
      (await done(stage, { name, input })).answer,
  };
  const parsed = typeof settings === 'function' ? await settings(fresh) : settings;
  const { reserve, release } = await stage.provider();
  const call = (grant: Grant, verb: string) =>
    stage.call({ grant }, { idempotencyKey: `${grant.payment}:${verb}:${grant.id}`, mode: grant.mode });
  const stock: Stock = {
    capacity,
    ...(afterRevocation !== undefined && { afterRevocation }),
    buyer: (own = {}) => grantOf(stage, { product, settings: parsed, ...own }),
    reserve: async (grant) => (await reserve?.(call(grant, 'reserve')))?.outcome ?? 'sold_out',
    release: async (grant) => release?.(call(grant, 'release')),
    async take(count) {
      const buyers = Array.from({ length: count }, () => stock.buyer());
      for (const [index, buyer] of buyers.entries())
        ensure((await stock.reserve(buyer)) === 'reserved', `of ${capacity} units only ${index} could be set aside`);
      return buyers;
    },
    async ensureLeft(count, after) {
      for (let left = count; left > 0; left -= 1)
        ensure((await stock.reserve(stock.buyer())) === 'reserved', `${after}, fewer than ${count} units are left`);
      ensure((await stock.reserve(stock.buyer())) === 'sold_out', `${after}, more than ${count} units are left`);
    },
  };
  return stock;
}

const AT_ONCE = 20;

/** What can run out. */
export const RESERVATIONS: readonly CheckFor<FulfillmentStage>[] = [
  {
    name: 'sets a unit aside once, however often it is asked to',
    run: limited(async (_stage, { buyer, reserve, capacity, ensureLeft }) => {
      const grant = buyer();
      ensure((await reserve(grant)) === 'reserved', 'the first unit could not be set aside');
      const again = await Promise.all(Array.from({ length: AT_ONCE }, () => reserve(grant)));
      ensure(!again.includes('sold_out'), 'what is set aside for a grant is sold out when the same grant asks again');
      await ensureLeft(capacity - 1, `after one grant of ${capacity} asked ${AT_ONCE + 1} times`);
      ensure((await reserve(grant)) === 'reserved', 'what is set aside for a grant is gone once all others are taken');
    }),
  },
  {
    name: 'sets a unit aside for each grant of the same payment',
    run: limited(async (stage, { buyer, reserve, capacity, ensureLeft }) => {
      const payment = stage.fresh('pay');
      for (let unit = 0; unit < capacity; unit += 1)
        ensure((await reserve(buyer({ payment, unit }))) === 'reserved', `unit ${unit} of a payment is sold out`);
      await ensureLeft(0, `after a payment set ${capacity} units aside`);
    }),
  },
  {
    name: 'counts the units of other businesses and of the other mode apart',
    run: limited(async (_stage, { buyer, reserve, capacity, ensureLeft }) => {
      for (const own of [{ business: 'bus_another' }, { mode: 'live' }] as const)
        await endingOf('reserve', reserve(buyer(own)));
      await ensureLeft(capacity, 'after another business and the other mode asked for one each');
    }),
  },
  {
    name: 'frees a unit that is released, once, and only that',
    run: limited(async (_stage, { buyer, release, take, capacity, ensureLeft }) => {
      const [first] = await take(capacity);
      await ensureLeft(0, 'after all were set aside');
      await release(buyer());
      await ensureLeft(0, 'after a grant was released that had none');
      if (first) await release(first);
      if (first) await release(first);
      await ensureLeft(1, 'after one was released twice');
    }),
  },
  {
    name: 'sets aside no more than there is, however many ask at once',
    run: limited(async (_stage, { buyer, reserve, capacity }) => {
      const asked = Array.from({ length: capacity + AT_ONCE }, () => buyer());
      const outcomes = await Promise.all(asked.map(reserve));
      const count = outcomes.filter((outcome) => outcome === 'reserved').length;
      ensure(count === capacity, `${asked.length} grants at once got ${count} of ${capacity} units`);
    }),
  },
  {
    name: 'hands over the unit that was set aside, and takes no other',
    run: limited(async (stage, { take, capacity, ensureLeft }) => {
      const [first] = await take(1);
      if (first) await fulfill(stage, requestOf(stage, first));
      if (first) await fulfill(stage, requestOf(stage, first));
      await ensureLeft(capacity - 1, 'after one was set aside and handed over');
    }),
  },
  {
    name: 'keeps what was handed over when a release comes late',
    run: limited(async (stage, { take, release, capacity, ensureLeft }) => {
      const [first] = await take(capacity);
      if (first) await fulfill(stage, requestOf(stage, first));
      if (first) await release(first);
      await ensureLeft(0, 'after all were set aside, one was handed over, and a late release came for it');
    }),
  },
  {
    name: 'hands over no more than there is, also to a grant that set nothing aside',
    run: limited(async (stage, { take, buyer, capacity }) => {
      await take(capacity);
      const ending = await endingOf('fulfill', fulfill(stage, requestOf(stage, buyer())));
      const isDelivered = ending.kind === 'answered' && ending.answer.outcome === 'delivered';
      ensure(!isDelivered, `all ${capacity} units were set aside for others, and one more was handed over`);
    }),
  },
  {
    name: 'frees or spends a unit that is revoked, once',
    run: limited(async (stage, { take, release, capacity, afterRevocation = 'free', ensureLeft }) => {
      const [first] = await take(capacity);
      if (first === undefined) return;
      const delivered = await fulfill(stage, requestOf(stage, first));
      await revoke(stage, first, delivered);
      await revoke(stage, first, delivered);
      await ensureLeft(afterRevocation === 'free' ? 1 : 0, 'after one was revoked twice');
      await release(first);
      await ensureLeft(0, 'after one was revoked and then released, with all others taken');
    }),
  },
];
