import { ids } from '@payonce/engine/adapters';
import type { Attempt, CustomerDetails, Session } from '@payonce/engine/domain';
import type { FulfillmentCaller, Plugins } from '@payonce/engine/plugins';

/** Nobody in particular. */
const BUYER: CustomerDetails = {
  id: 'cus_testbuyertestbuyer00',
  email: 'canary@buyer.example',
  name: 'Canary Buyer',
  phone: null,
};

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

/** Where a session is opened. */
interface Place {
  readonly business: Session['business'];
  readonly plugins: Plugins;
}

/** A cart of one line unless asked for more, in euro, in test mode; stored nowhere. */
export function aSession({
  business,
  plugins,
  unitPrice = 1000,
  quantity = 1,
  providers = ['goods'],
  ttlSeconds = 86_400,
  servedBy = {},
  more = [],
  taskQueue,
}: Place & SessionOptions): Session {
  const createdAt = new Date();
  return withMore(more, {
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
}

/** A press of Pay by nobody in particular; stored nowhere. */
export const anAttempt = ({
  session: { id, payment, business, mode },
  shownTotal,
}: {
  readonly session: Session;
  readonly shownTotal: number;
}): Attempt => ({
  id: ids.mint('att'),
  session: id,
  payment,
  business,
  mode,
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
});

/** How an entitlement's plan says where its provider works. */
function whereabouts({
  reach,
  taskQueue,
  instead,
}: Pick<FulfillmentCaller, 'reach' | 'taskQueue'> & { readonly instead: string | undefined }) {
  const queue = taskQueue('test');
  return queue === undefined ? { reach } : { reach, taskQueue: instead ?? queue };
}
