import type { ApiDeps } from '../deps.js';
import type { Endpoint } from '../http/endpoint.js';
import { entitlementGrantEndpoints } from './entitlements/grant-routes.js';
import { entitlementEndpoints } from './entitlements/routes.js';
import { supplyKeyEndpoint } from './entitlements/supply-key-route.js';
import { licenseInstanceEndpoints } from './license-keys/instance-routes.js';
import { licenseKeyEndpoints } from './license-keys/routes.js';
import { licenseEndpoints } from './licenses/routes.js';

/** What buyers get, and what they hold. */
export const goodsEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  ...entitlementEndpoints(deps),
  ...entitlementGrantEndpoints(deps),
  supplyKeyEndpoint(deps),
  ...licenseKeyEndpoints(deps),
  ...licenseInstanceEndpoints(deps),
  ...licenseEndpoints(deps),
];
