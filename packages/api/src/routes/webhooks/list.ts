import { isId, toEndpoint } from '@payonce/engine/domain';
import type { Scope, WireEndpoint } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import type { Asked } from '../../http/endpoint.js';
import { parseQuery } from '../../http/parse.js';
import { listEndpoints } from './schema.js';

/** A page by cursor. Clients go on while there is an iterator, so the last page has none. */
export interface EndpointPage {
  readonly data: readonly WireEndpoint[];
  readonly done: boolean;
  readonly iterator: string | null;
  readonly prev_iterator: null;
}

/** The endpoints after the iterator, oldest first. One more than asked is read, to know whether more follow. */
export async function pageOfEndpoints(
  { stores }: ApiDeps,
  { scope, query }: { readonly scope: Scope; readonly query: Asked['query'] },
): Promise<EndpointPage> {
  const { limit, iterator } = parseQuery(listEndpoints, query);
  if (iterator !== undefined && !isId('whk', iterator))
    return { data: [], done: true, iterator: null, prev_iterator: null };
  const found = await stores.endpoints.list({
    ...scope,
    ...(iterator !== undefined && { after: iterator }),
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const more = found.length > limit;
  return {
    data: page.map((endpoint) => toEndpoint({ endpoint })),
    done: !more,
    iterator: more ? (page.at(-1)?.id ?? null) : null,
    prev_iterator: null,
  };
}
