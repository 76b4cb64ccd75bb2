import { DomainError } from '@payonce/engine/domain';
import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { ApiDeps } from '../deps.js';
import type { Endpoint } from './endpoint.js';
import { HttpRefusal } from './refusal.js';
import { serve } from './serve.js';

/** A router of these endpoints. A method that a path does not have is answered 405 with those that it has. */
export function mount({
  deps,
  endpoints,
  limits,
}: {
  readonly deps: ApiDeps;
  readonly endpoints: readonly Endpoint[];
  /** Per access; what is not named is not limited. */
  readonly limits: Partial<Record<Endpoint['access'], RequestHandler>>;
}): Router {
  const router = Router({ caseSensitive: true });
  for (const [path, own] of byPath(endpoints)) {
    const route = router.route(path);
    for (const endpoint of own) {
      const limit = limits[endpoint.access];
      route[endpoint.method](...(limit === undefined ? [] : [limit]), serve(deps, endpoint));
    }
    route.all(refuseMethod(own.map(({ method }) => method.toUpperCase())));
  }
  return router;
}

/** The last word of an API: nothing lives here. */
export const refusePath: RequestHandler = () => {
  throw new DomainError('NOT_FOUND', 'There is nothing at this address.');
};

/** Paths without a parameter go first, whatever the order of the list: '/products/x' is never the product x. */
function byPath(endpoints: readonly Endpoint[]): readonly (readonly [string, readonly Endpoint[]])[] {
  const paths = [...new Set(endpoints.map(({ path }) => path))];
  const sorted = paths.sort((left, right) => Number(left.includes(':')) - Number(right.includes(':')));
  return sorted.map((path) => [path, endpoints.filter((endpoint) => endpoint.path === path)]);
}

const refuseMethod = (allowed: readonly string[]): RequestHandler => {
  const methods = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed;
  return (request) => {
    throw new HttpRefusal('METHOD_NOT_ALLOWED', `This address does not take ${request.method}.`, {
      headers: { allow: methods.join(', ') },
    });
  };
};
