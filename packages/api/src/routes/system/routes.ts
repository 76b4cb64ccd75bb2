import { COUNTRY_CODES } from '@payonce/engine/domain';
import { ok } from '../../http/answer.js';
import type { Endpoint } from '../../http/endpoint.js';

/** What is true for everybody. */
export const systemEndpoints: readonly Endpoint[] = [
  { access: 'public', method: 'get', path: '/checkout/supported_countries', answer: async () => ok(COUNTRY_CODES) },
];
