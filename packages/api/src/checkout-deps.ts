import type { CheckoutDeps } from './checkout/deps.js';
import { openFromLink } from './checkouts/open-from-link.js';
import type { ApiDeps } from './deps.js';
import { imageUrl } from './files/image-url.js';
import { fileLink } from './files/links.js';

/** What the hosted pages need, of what the API is made of. */
export function checkoutDeps(deps: ApiDeps): CheckoutDeps {
  const { stores, plugins, ids, clock, secrets, logger, settings } = deps;
  return {
    stores,
    client: deps.purchases,
    plugins,
    ids,
    clock,
    secrets,
    logger,
    origin: settings.publicUrl,
    processorOrigins: settings.processorOrigins,
    findProduct: ({ product }) => stores.products.findPublic(product),
    openSession: (wanted) => openFromLink(deps, wanted),
    fileLink: ({ grant, file }) => fileLink({ secrets, clock, publicUrl: settings.publicUrl }, { owner: grant, file }),
    imageUrl: (key) => imageUrl(settings, key),
  };
}
