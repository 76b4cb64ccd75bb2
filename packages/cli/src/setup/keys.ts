import { apiKeyLast4, newApiKey } from '@payonce/engine/adapters';
import type { Scope } from '@payonce/engine/domain';
import type { Records } from '../connections/records.js';

/** Issues a key and answers it: the only time that it can be read. */
export async function issueKey(
  { stores, secrets }: Pick<Records, 'stores' | 'secrets'>,
  { business, mode, name }: Scope & { readonly name: string },
): Promise<string> {
  const key = newApiKey({ mode });
  await stores.businesses.addKey({
    business,
    mode,
    name,
    hash: secrets.hash(key),
    last4: apiKeyLast4(key),
    createdAt: new Date(),
    revokedAt: null,
  });
  return key;
}
