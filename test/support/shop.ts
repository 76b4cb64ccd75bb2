import { randomBytes } from 'node:crypto';
import { createEncryption, ids, systemClock } from '@payonce/engine/adapters';
import type { ActivityDeps } from '@payonce/engine/activities';
import type { Attempt, AttemptId, CustomerDetails, Session } from '@payonce/engine/domain';
import { loadPlugins, pluginHosts } from '@payonce/engine/plugins';
import type { FulfillmentCaller } from '@payonce/engine/plugins';
import type { WebhookDispatcher } from '@payonce/engine/ports';
import { createRefundReservations, createStores, ensureIndexes } from '@payonce/engine/store';
import { testDatabase } from '../setup/mongodb.js';
import { scriptedGoods } from './scripted-goods.js';
import { scriptedProcessor } from './scripted-processor.js';
import { scriptedTax } from './scripted-tax.js';
import { scriptedSeats } from './scripted-seats.js';

/** Nobody in particular. */
const BUYER: CustomerDetails = {
  id: 'cus_testbuyertestbuyer00',
  email: 'canary@buyer.example',
  name: 'Canary Buyer',
  phone: null,
};

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** What a session is made with. */
export interface SessionOptions {
  readonly unitPrice?: number;
  readonly quantity?: number;
  readonly providers?: readonly ('goods' | 'goods-outside' | 'goods-remote' | 'seats')[];
  readonly ttlSeconds?: number;
  /** Other routes than to 'scripted' and 'flat'. */
  readonly servedBy?: Partial<Session['servedBy']>;
  /** One more line of the cart for each. */
  readonly more?: readonly Pick<Session['lines'][number], 'category'>[];
  /** Where remote goods are made, instead of the provider's own queue. */
  readonly taskQueue?: string;
}

/** A cart like it with more lines, of other categories and without goods. */
const withMore = (more: NonNullable<SessionOptions['more']>, session: Session): Session => ({
  ...session,
  lines: [
    ...session.lines,
    ...session.lines
      .slice(0, 1)
      .flatMap((line) => more.map((own, index) => ({ ...line, ...own, id: `line_${index + 1}`, entitlements: [] }))),
  ],
});

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

  const newSession = async ({
    unitPrice = 1000,
    quantity = 1,
    providers = ['goods'],
    ttlSeconds = 86_400,
    servedBy = {},
    more = [],
    taskQueue,
  }: SessionOptions = {}): Promise<Session> => {
    const createdAt = new Date();
    const session = withMore(more, {
      id: ids.mint('cks'),
      payment: ids.mint('pay'),
      business,
      mode: 'test',
      brand: ids.mint('brnd'),
      currency: 'EUR',
      lines: [
        {
          id: 'line_0',
          product: ids.mint('pdt'),
          name: 'License of a thing',
          description: null,
          image: null,
          category: 'digital_products',
          quantity,
          unitPrice,
          discountBps: 0,
          taxInclusive: true,
          entitlements: providers.map((provider) => ({
            id: ids.mint('ent'),
            provider,
            settings: {},
            ...whereabouts({ ...plugins.fulfillment(provider), instead: taskQueue }),
            ...(provider === 'seats' && { reserves: true }),
          })),
        },
      ],
      servedBy: { processor: 'scripted', taxCalculator: 'flat', plugins: [], ...servedBy },
      customer: null,
      billing: null,
      taxId: null,
      customerBusinessName: null,
      returnUrl: null,
      cancelUrl: null,
      metadata: {},
      confirm: false,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + ttlSeconds * 1000),
      startedAt: null,
    });
    await stores.sessions.insert(session);
    return session;
  };

  /** A stored press of Pay; the total that the buyer saw is what the cart costs unless said otherwise. */
  const newAttempt = async (
    session: Session,
    shownTotal = (session.lines[0]?.unitPrice ?? 0) * (session.lines[0]?.quantity ?? 0),
  ): Promise<AttemptId> => {
    const attempt: Attempt = {
      id: ids.mint('att'),
      session: session.id,
      payment: session.payment,
      business,
      mode: 'test',
      request: {
        customer: BUYER,
        billing: { country: 'DE', state: null, city: null, street: null, zipcode: null },
        taxId: null,
        customerBusinessName: null,
        shownTotal,
        currency: 'EUR',
        paymentMethod: null,
      },
      frozen: null,
      sentAt: null,
      outcome: null,
      createdAt: new Date(),
      acceptedAt: null,
      voidedAt: null,
    };
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

/** How an entitlement's plan says where its provider works. */
function whereabouts({
  reach,
  taskQueue,
  instead,
}: Pick<FulfillmentCaller, 'reach' | 'taskQueue'> & { readonly instead: string | undefined }) {
  const queue = taskQueue('test');
  return queue === undefined ? { reach } : { reach, taskQueue: instead ?? queue };
}

/** An open shop. */
export type Shop = Awaited<ReturnType<typeof openShop>>;
