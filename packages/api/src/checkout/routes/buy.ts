import type { CartLine, Product } from '@payonce/engine/domain';
import { isDomainError, isId, priceWithoutTax } from '@payonce/engine/domain';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { CheckoutDeps } from '../deps.js';
import { formToken, requireOwnForm } from '../form-guard.js';
import { notFound } from '../page-problem.js';
import { readStaticLink } from '../static-link.js';
import type { StaticLink } from '../static-link.js';
import { html } from '../views/page.js';
import { ProductPage } from '../views/product-page.js';

/** The page of a product. Makes nothing: links are fetched ahead by browsers, mail scanners and chats. */
export const productRoute =
  (deps: CheckoutDeps): RequestHandler =>
  async (request, response) => {
    const product = await findProduct(deps, request.params['product_id']);
    await showProduct(deps, { request, response, product, link: readStaticLink(request.query) });
  };

/** Opens a session for the product and leads to it. */
export const buyRoute =
  (deps: CheckoutDeps): RequestHandler =>
  async (request, response) => {
    const product = await findProduct(deps, request.params['product_id']);
    const { token } = bodyToken.parse(request.body);
    requireOwnForm({ request, token, secrets: deps.secrets, subject: product.id, origin: deps.origin });
    const link = readStaticLink(request.body);
    if (product.archivedAt !== null) return showProduct(deps, { request, response, product, link, status: 410 });
    try {
      const session = await deps.openSession({ ...link.request, product: product.id });
      response.redirect(303, `${request.baseUrl}/session/${session}`);
    } catch (thrown) {
      if (!isDomainError(thrown) || thrown.code === 'SERVICE_UNAVAILABLE') throw thrown;
      await showProduct(deps, { request, response, product, link, status: 400, problem: thrown.message });
    }
  };

const bodyToken = z.object({ token: z.string().max(200).catch('') }).catch({ token: '' });

async function findProduct(deps: CheckoutDeps, id: unknown): Promise<Product> {
  const product = typeof id === 'string' && isId('pdt', id) ? await deps.findProduct({ product: id }) : undefined;
  if (!product) throw notFound();
  return product;
}

interface Showing {
  readonly request: Request;
  readonly response: Response;
  readonly product: Product;
  readonly link: StaticLink;
  readonly status?: number;
  readonly problem?: string;
}

async function showProduct(
  { stores, secrets, imageUrl }: CheckoutDeps,
  { request, response, product, link, status = 200, problem }: Showing,
): Promise<void> {
  const business = await stores.businesses.find(product.business);
  const page = ProductPage({
    frame: { base: request.baseUrl, merchant: business?.name ?? 'the seller', testMode: product.mode === 'test' },
    product,
    reduced: priceWithoutTax({ currency: product.price.currency, lines: [asLine(product)] }).total,
    token: formToken({ secrets, subject: product.id }),
    quantity: link.request.quantity,
    carried: link.carried,
    image: product.image === null ? undefined : imageUrl?.(product.image),
    problem: problem ?? null,
  });
  response.status(status).type('html').send(html(page));
}

const asLine = ({ id, name, description, image, category, price }: Product): CartLine => ({
  id: 'line_0',
  product: id,
  name,
  description,
  image,
  category,
  quantity: 1,
  unitPrice: price.amount,
  discountBps: price.discountBps,
  taxInclusive: price.taxInclusive,
  entitlements: [],
});
