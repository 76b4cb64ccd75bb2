import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import type { Express } from 'express';
import { createSecrets } from '@payonce/engine/adapters';
import type { CartLine, Product, ProductId, Session } from '@payonce/engine/domain';
import { checkoutRouter } from '../../packages/api/src/checkout/router.js';
import type { CheckoutDeps, OpenSession } from '../../packages/api/src/checkout/deps.js';
import type { Shop } from './shop.js';

/** The hosted checkout of a shop, served over HTTP. */
export interface HostedCheckout {
  readonly origin: string;
  readonly deps: CheckoutDeps;
  /** What the product page asked to be opened, in order. */
  readonly opened: OpenSession[];
  /** What was logged as an error. */
  readonly errors: string[];
  /** The products that have a page. */
  readonly products: Map<ProductId, Product>;
  close(): Promise<void>;
}

const PATIENCE = { submitMs: 10_000, recordMs: 300, lookUpMs: 5_000 };

/** A session with parts of the caller's choice, stored and started. */
export async function openSession({
  shop,
  client,
  part = {},
  line = {},
}: {
  readonly shop: Shop;
  readonly client: CheckoutDeps['client'];
  readonly part?: Partial<Session>;
  /** Changes of the one line of its cart. */
  readonly line?: Partial<CartLine>;
}): Promise<Session> {
  const like = await shop.newSession();
  const { ids } = shop.deps;
  const lines = like.lines.map((each) => ({ ...each, ...line }));
  const session: Session = { ...like, id: ids.mint('cks'), payment: ids.mint('pay'), lines, ...part };
  await shop.stores.sessions.insert(session);
  await client.start(session);
  return session;
}

/** Serves the pages of a shop on an app of the caller's. `replace` takes the place of parts, such as a client that cannot reach anything. */
export async function hostCheckout({
  app,
  shop,
  client,
  replace = {},
}: {
  readonly app: Express;
  readonly shop: Shop;
  readonly client: CheckoutDeps['client'];
  readonly replace?: Partial<CheckoutDeps>;
}): Promise<HostedCheckout> {
  const opened: OpenSession[] = [];
  const errors: string[] = [];
  const products = new Map<ProductId, Product>();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const open = async (request: OpenSession): Promise<Session['id']> => {
    opened.push(request);
    const session = await shop.newSession({ quantity: request.quantity });
    await client.start(session);
    return session.id;
  };
  const deps: CheckoutDeps = {
    stores: shop.stores,
    client,
    plugins: shop.plugins,
    ids: shop.deps.ids,
    clock: shop.deps.clock,
    secrets: createSecrets({ key: 'k'.repeat(32) }),
    logger: {
      ...shop.deps.logger,
      error: (fields, message) => void errors.push(`${message} ${String(fields['error'])}`),
    },
    origin,
    processorOrigins: ['https://processor.example'],
    findProduct: async ({ product }) => products.get(product),
    openSession: open,
    fileLink: ({ grant, file, filename }) => `/files/${file}?grant=${grant}&filename=${encodeURIComponent(filename)}`,
    patience: PATIENCE,
    limits: { pay: 1000, quote: 1000 },
    ...replace,
  };
  app.use(checkoutRouter(deps));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin, deps, opened, errors, products, close };
}
