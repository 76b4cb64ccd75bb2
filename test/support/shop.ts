import { randomBytes } from 'node:crypto';
import { createEncryption, ids, systemClock } from '@payonce/engine/adapters';
import type { ActivityDeps } from '@payonce/engine/activities';
import type { AttemptId, Session } from '@payonce/engine/domain';
import { loadPlugins, pluginHosts } from '@payonce/engine/plugins';
import type { WebhookDispatcher } from '@payonce/engine/ports';
import { createRefundReservations, createStores, ensureIndexes } from '@payonce/engine/store';
import { testDatabase } from '../setup/mongodb.js';
import { aSession, anAttempt } from './carts.js';
import type { SessionOptions } from './carts.js';
import { scriptedGoods } from './scripted-goods.js';
import { scriptedProcessor } from './scripted-processor.js';
import { scriptedTax } from './scripted-tax.js';
import { scriptedSeats } from './scripted-seats.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A business with its stores, plugins and deps of activities: everything but Temporal. */
export async function openShop(label: string) {
  const database = await testDatabase(label);
  const key = randomBytes(32).toString('hex');
  const stores = createStores({ db: database.database, encryption: createEncryption({ key }) });
  await ensureIndexes({ db: database.database });
  const processor = scriptedProcessor();
  const elsewhere = scriptedProcessor({ id: 'elsewhere' });
  const tax = scriptedTax();
  const goods = scriptedGoods();
  const seats = scriptedSeats();
  const plugins = await loadPlugins({
    plugins: [processor.plugin, elsewhere.plugin, tax.plugin, goods.plugin, seats.plugin],
    routes: { processor: { test: 'scripted', live: 'scripted' }, tax: 'flat' },
    logger: silent,
    hostOf: pluginHosts(stores.pluginDocuments),
    deadlines: { fulfillment_provider: 2_000 },
  });
  const business = ids.mint('bus');
  await stores.businesses.ensure({
    id: business,
    name: 'Test shop',
    brand: ids.mint('brnd'),
    country: 'DE',
    refundWindowDays: 30,
    createdAt: new Date(),
  });
  const dispatched: string[] = [];
  const dispatcher: WebhookDispatcher = {
    async dispatch({ delivery }) {
      dispatched.push(delivery);
    },
  };
  const reservations = createRefundReservations({
    payments: stores.payments,
    businesses: stores.businesses,
    clock: systemClock,
  });
  const deps: ActivityDeps = {
    stores,
    reservations,
    plugins,
    ids,
    clock: systemClock,
    logger: silent,
    dispatcher,
    publicUrl: 'https://pay.example',
  };

  const newSession = async (options: SessionOptions = {}): Promise<Session> => {
    const session = aSession({ business, plugins, ...options });
    await stores.sessions.insert(session);
    return session;
  };

  /** A stored press of Pay; the total that the buyer saw is what the cart costs unless said otherwise. */
  const newAttempt = async (
    session: Session,
    shownTotal = (session.lines[0]?.unitPrice ?? 0) * (session.lines[0]?.quantity ?? 0),
  ): Promise<AttemptId> => {
    const attempt = anAttempt({ session, shownTotal });
    await stores.attempts.insert(attempt);
    return attempt.id;
  };

  return {
    business,
    stores,
    processor,
    elsewhere,
    tax,
    goods,
    seats,
    plugins,
    deps,
    dispatched,
    newSession,
    newAttempt,
    close: () => database.close(),
  };
}

/** An open shop. */
export type Shop = Awaited<ReturnType<typeof openShop>>;
