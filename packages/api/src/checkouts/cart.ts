import { DomainError, isId } from '@payonce/engine/domain';
import type { CartLine, PlannedEntitlement, Product, Scope, Session } from '@payonce/engine/domain';
import type { ApiDeps } from '../deps.js';
import { attachedTo } from '../entitlements/attached.js';
import { notFound } from '../http/params.js';
import { entitlementsOf } from '../products/entitlements.js';
import { uploadsOf } from '../products/show-product.js';

/** Handing over more at once would make one purchase too long to look at. */
const MAX_GRANTS = 500;

/** What somebody wants to buy. */
export interface CartItem {
  readonly product: string;
  readonly quantity: number;
}

/** A cart as sessions keep it. */
export type Cart = Pick<Session, 'brand' | 'currency' | 'lines'>;

/** Turns product ids into a snapshot of what is sold now. Refuses unknown and archived products, and carts of several currencies or brands. */
export async function snapshotCart(
  deps: ApiDeps,
  { items, ...scope }: Scope & { readonly items: readonly CartItem[] },
): Promise<Cart> {
  const products = await findProducts(deps, { items, ...scope });
  const [first] = products;
  if (!first) throw new DomainError('INVALID_REQUEST_BODY', 'product_cart: is empty.');
  const { currency } = first.price;
  checkSameCurrency(products);
  checkSameBrand(products);
  const lines = await Promise.all(items.map((item, index) => lineOf(deps, { item, index, products })));
  checkGrants(lines);
  return { brand: first.brand, currency, lines };
}

async function findProducts(
  { stores }: ApiDeps,
  { items, business, mode }: Scope & { readonly items: readonly CartItem[] },
): Promise<readonly Product[]> {
  const ids = [...new Set(items.map(({ product }) => product))];
  return Promise.all(
    ids.map(async (id) => forSale(isId('pdt', id) ? await stores.products.find({ business, mode, id }) : undefined)),
  );
}

function forSale(product: Product | undefined): Product {
  if (!product) throw notFound('product');
  if (product.archivedAt !== null)
    throw new DomainError('PRODUCT_IS_DELETED', `Product ${product.id} is archived and no longer for sale.`);
  return product;
}

function checkSameCurrency(products: readonly Product[]): void {
  const currencies = new Set(products.map(({ price }) => price.currency));
  if (currencies.size > 1)
    throw new DomainError(
      'UNSUPPORTED_CURRENCY',
      `All products of a cart must have one currency, not ${[...currencies].join(' and ')}.`,
    );
}

function checkSameBrand(products: readonly Product[]): void {
  if (new Set(products.map(({ brand }) => brand)).size > 1)
    throw new DomainError('BRAND_MISMATCH', 'All products of a cart must be of one brand.');
}

async function lineOf(
  deps: ApiDeps,
  { item, index, products }: { readonly item: CartItem; readonly index: number; readonly products: readonly Product[] },
): Promise<CartLine> {
  const product = products.find(({ id }) => id === item.product);
  if (!product) throw notFound('product');
  return {
    id: `line_${index}`,
    product: product.id,
    name: product.name,
    description: product.description,
    image: product.image,
    category: product.category,
    quantity: item.quantity,
    unitPrice: product.price.amount,
    discountBps: product.price.discountBps,
    taxInclusive: product.price.taxInclusive,
    entitlements: await plannedEntitlements(deps, product),
  };
}

async function plannedEntitlements(deps: ApiDeps, product: Product): Promise<readonly PlannedEntitlement[]> {
  const own = await entitlementsOf(deps, { product, uploads: await uploadsOf(deps, product) });
  const attached = (await attachedTo(deps, product)).map(({ id, provider, settings }) => ({ id, provider, settings }));
  return [...own, ...attached].map((entitlement) => {
    const provider = deps.plugins.fulfillment(entitlement.provider);
    const taskQueue = provider.taskQueue(product.mode);
    return {
      ...entitlement,
      reach: provider.reach,
      ...(taskQueue !== undefined && { taskQueue }),
      ...(provider.reserves && { reserves: true }),
    };
  });
}

function checkGrants(lines: readonly CartLine[]): void {
  const grants = lines.reduce((total, { quantity, entitlements }) => total + quantity * entitlements.length, 0);
  if (grants > MAX_GRANTS) {
    throw new DomainError(
      'INVALID_REQUEST_BODY',
      `product_cart: would hand over ${grants} license keys and deliveries at once; ${MAX_GRANTS} is the most.`,
    );
  }
}
