import { COUNTRY_CODES } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { Endpoint } from '../../http/endpoint.js';

/** What is true for everybody. */
export const systemEndpoints = ({ plugins }: Pick<ApiDeps, 'plugins'>): readonly Endpoint[] => [
  { access: 'public', method: 'get', path: '/checkout/supported_countries', answer: async () => ok(COUNTRY_CODES) },
  {
    access: 'public',
    method: 'get',
    path: '/.well-known/jwks.json',
    answer: async () => ok({ keys: await plugins.descriptions.publishedKeys() }),
  },
];
