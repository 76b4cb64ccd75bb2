import type { WebhookEndpoint } from '../domain/event.js';
import { EVENT_TYPES } from '../domain/event.js';
import type { EndpointStore } from '../ports/event-store.js';
import { list, nullable } from './codec/composites.js';
import { pairs } from './codec/free-form.js';
import { mapping } from './codec/mapping.js';
import { count, flag, id, instant, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import type { DocumentFilter } from './filter.js';
import { where } from './filter.js';
import { sealedField } from './sealing.js';
import { scope } from './shapes/common.js';
import { OLDEST_FIRST } from './paging.js';
import type { SealedTableDeps } from './table.js';
import { openTable } from './table.js';

type StoredEndpoint = Omit<WebhookEndpoint, 'secret' | 'headers'> & {
  readonly secretSealed: string;
  readonly headersSealed: string;
};

const texts = pairs(text);

const endpoints = mapping<StoredEndpoint>({
  collection: 'webhook_endpoints',
  identity: 'id',
  fields: {
    ...scope,
    id: id('whk'),
    url: text,
    description: text,
    secretSealed: text,
    filterTypes: nullable(list(oneOf(...EVENT_TYPES))),
    disabled: flag,
    metadata: texts,
    headersSealed: text,
    rateLimit: nullable(count),
    createdAt: instant,
    updatedAt: instant,
  },
});

export const endpointIndexes: CollectionIndexes = {
  collection: 'webhook_endpoints',
  version: 1,
  indexes: [{ name: 'oldest_in_scope', key: { business: 1, mode: 1, createdAt: 1, _id: 1 } }],
};

/** Where merchants want events. Secrets are sealed, and so are the headers: merchants put tokens there. */
export function endpointStore(deps: SealedTableDeps): EndpointStore {
  const table = openTable({ ...deps, mapping: endpoints });
  const sealed = { collection: 'webhook_endpoints', encryption: deps.encryption };
  const secrets = sealedField({ ...sealed, field: 'secret', codec: text });
  const headers = sealedField({ ...sealed, field: 'headers', codec: texts });

  const shown = ({ secretSealed, headersSealed, ...endpoint }: StoredEndpoint): WebhookEndpoint => ({
    ...endpoint,
    secret: secrets.open(endpoint.id, secretSealed),
    headers: headers.open(endpoint.id, headersSealed),
  });
  const found = (endpoint: StoredEndpoint | undefined): WebhookEndpoint | undefined => endpoint && shown(endpoint);

  return {
    async insert({ secret, headers: given, ...endpoint }) {
      const { id: _id } = endpoint;
      await table.add({
        ...endpoint,
        secretSealed: secrets.seal(_id, secret),
        headersSealed: headers.seal(_id, given),
      });
    },
    find: async (endpoint) => found(await table.byId(endpoint)),
    findScoped: async ({ id: _id, business, mode }) => found(await table.one(where({ _id, business, mode }))),
    async listEnabled({ business, mode }) {
      const filter = where({ business, mode, disabled: false });
      return (await table.many({ filter, sort: OLDEST_FIRST })).map(shown);
    },
    async list({ business, mode, after, limit }) {
      const scoped = where({ business, mode });
      const last = after === undefined ? undefined : await table.one({ ...where({ _id: after }), ...scoped });
      if (after !== undefined && !last) return [];
      const filter = last ? { ...scoped, ...following(last) } : scoped;
      return (await table.many({ filter, sort: OLDEST_FIRST, limit })).map(shown);
    },
    async update({ id: _id, business, mode, set: { headers: given, ...set }, at }) {
      const sealedHeaders = given && { headersSealed: headers.seal(_id, given) };
      const { fitted } = await table.change(where({ _id, business, mode }), {
        $set: endpoints.changes({ ...set, ...sealedHeaders, updatedAt: at }),
      });
      return fitted;
    },
    remove: ({ id: _id, business, mode }) => table.remove(where({ _id, business, mode })),
  };
}

/** What comes after this one, oldest first. */
const following = ({ createdAt, id: _id }: StoredEndpoint): DocumentFilter => ({
  $or: [{ createdAt: { $gt: createdAt } }, { createdAt, _id: { $gt: _id } }],
});
