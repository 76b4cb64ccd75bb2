import { apiKeyLast4, newApiKey, newProviderKey } from '@payonce/engine/adapters';
import type { Scope } from '@payonce/engine/domain';
import type { Records } from '../connections/records.js';

/** Issues a key, of a merchant or of a fulfillment provider, and answers it: the only time that it can be read. */
export async function issueKey(
  { stores, secrets }: Pick<Records, 'stores' | 'secrets'>,
  { business, mode, name, provider }: Scope & { readonly name: string; readonly provider?: string },
): Promise<string> {
  const key = provider === undefined ? newApiKey({ mode }) : newProviderKey({ mode });
  await stores.businesses.addKey({
    business,
    mode,
    name,
    ...(provider !== undefined && { provider }),
    hash: secrets.hash(key),
    last4: apiKeyLast4(key),
    createdAt: new Date(),
    revokedAt: null,
  });
  return key;
}
