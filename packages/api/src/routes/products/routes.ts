import { DomainError } from '@payonce/engine/domain';
import type { BrandId, Product, Scope } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { attachments } from '../../entitlements/attached.js';
import { ok } from '../../http/answer.js';
import type { Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody, parseQuery } from '../../http/parse.js';
import { listed } from '../../http/query.js';
import { entitlementsOf } from '../../products/entitlements.js';
import { showListedProduct, showProduct, uploadsOf } from '../../products/show-product.js';
import { newDelivery, newLicense, toChange, toPrice } from './product-input.js';
import { createProduct, listProducts, patchProduct } from './schema.js';
import { checkUploads } from './check-uploads.js';

/** What is for sale. */
export const productEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'post',
    path: '/products',
    mints: ['pdt'],
    answer: (asked) => create(deps, { ...asked.scope, id: asked.id('pdt'), body: asked.body }),
  },
  {
    access: 'key',
    method: 'get',
    path: '/products',
    answer: async ({ scope, query }) => ok(await list(deps, scope, query)),
  },
  {
    access: 'key',
    method: 'get',
    path: '/products/:id',
    answer: async (asked) => ok(await showProduct(deps, await findProduct(deps, asked.scope, asked.params))),
  },
  {
    access: 'key',
    method: 'patch',
    path: '/products/:id',
    answer: (asked) => patch(deps, { ...asked.scope, params: asked.params, body: asked.body }),
  },
  {
    access: 'key',
    method: 'delete',
    path: '/products/:id',
    answer: (asked) => archive(deps, asked.scope, asked.params),
  },
  {
    access: 'key',
    method: 'post',
    path: '/products/:id/unarchive',
    answer: (asked) => unarchive(deps, asked.scope, asked.params),
  },
];

type Params = Readonly<Record<string, string>>;

/** The caller's product that the path names. */
export const findProduct = async ({ stores }: ApiDeps, scope: Scope, params: Params): Promise<Product> =>
  found(await stores.products.find({ ...scope, id: idParam({ params }, 'id', 'pdt') }), 'product');

async function create(
  deps: ApiDeps,
  { id, body, business, mode }: Scope & { readonly id: Product['id']; readonly body: unknown },
) {
  const input = parseBody(createProduct, body);
  const now = deps.clock.now();
  const product: Product = {
    id,
    business,
    mode,
    brand: await brandOf(deps, { business, asked: input.brand_id }),
    name: input.name,
    description: input.description || null,
    image: null,
    category: input.tax_category,
    price: toPrice(input.price),
    license: newLicense(input),
    delivery: newDelivery(input),
    metadata: input.metadata ?? {},
    archivedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await entitlementsOf(deps, { product, uploads: [] });
  const attached = await attachments(deps, { product, asked: input.entitlements ?? [] });
  const whole = { ...product, attached };
  await deps.stores.products.insert(whole);
  return ok(await showProduct(deps, whole));
}

/** A business has one brand: products of another one cannot be made. */
async function brandOf(
  { stores }: ApiDeps,
  { business, asked }: Pick<Scope, 'business'> & { readonly asked: string | null | undefined },
): Promise<BrandId> {
  const { brand } = found(await stores.businesses.find(business), 'business');
  if (asked != null && asked !== brand)
    throw new DomainError('INVALID_REQUEST_BODY', `brand_id: there is no such brand; yours is ${brand}`);
  return brand;
}

async function list(deps: ApiDeps, scope: Scope, query: Params | Readonly<Record<string, unknown>>) {
  const { archived, recurring, brand_id: brand, ...page } = parseQuery(listProducts, query);
  if (recurring === true) return { items: [] };
  const { items } = await listed({
    query: page,
    list: (at) => deps.stores.products.list({ ...scope, archived, ...(brand !== undefined && { brand }), page: at }),
    toWire: (product) => showListedProduct(deps, product),
  });
  return { items: await Promise.all(items) };
}

async function patch(
  deps: ApiDeps,
  { params, body, ...scope }: Scope & { readonly params: Params; readonly body: unknown },
) {
  const input = parseBody(patchProduct, body);
  const product = await findProduct(deps, scope, params);
  await brandOf(deps, { business: scope.business, asked: input.brand_id });
  const fields = toChange(product, input);
  const changed = { ...product, ...fields };
  await checkUploads(deps, { product: changed, image: input.image_id ?? null });
  await entitlementsOf(deps, { product: changed, uploads: await uploadsOf(deps, changed) });
  const set = {
    ...fields,
    ...(input.entitlements != null && {
      attached: await attachments(deps, { product: changed, asked: input.entitlements }),
    }),
  };
  await deps.stores.products.update({ ...scope, id: product.id, set, at: deps.clock.now() });
  return ok();
}

async function archive(deps: ApiDeps, scope: Scope, params: Params) {
  const { id } = await findProduct(deps, scope, params);
  const now = deps.clock.now();
  if (await deps.stores.products.archive({ ...scope, id, archivedAt: now, at: now })) return ok();
  throw new DomainError('PRODUCT_ALREADY_ARCHIVED', 'This product is archived already.');
}

async function unarchive(deps: ApiDeps, scope: Scope, params: Params) {
  const { id } = await findProduct(deps, scope, params);
  await deps.stores.products.archive({ ...scope, id, archivedAt: null, at: deps.clock.now() });
  return ok();
}
