import { apiKeyMode, providerKeyMode } from '@payonce/engine/adapters';
import { DomainError } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import type { ApiKey, BusinessStore, Secrets } from '@payonce/engine/ports';

/** Who calls: whose data they may see, and a name for their key that is not the key. */
export interface Caller {
  readonly scope: Scope;
  readonly keyHash: string;
}

/** A fulfillment provider that calls from outside. */
export interface ProviderCaller {
  readonly scope: Scope;
  readonly provider: string;
}

interface Presented {
  readonly authorization: string | undefined;
  readonly secrets: Secrets;
  readonly businesses: Pick<BusinessStore, 'findKey'>;
}

/** Finds out who calls by the Authorization header. A text that is no key of ours is refused without a look-up. */
export async function authenticate(presented: Presented): Promise<Caller> {
  const { business, mode, hash, provider } = await keyOf(presented, apiKeyMode);
  if (provider !== undefined) throw unauthorized();
  return { scope: { business, mode }, keyHash: hash };
}

/** The same for the key of a fulfillment provider, which opens that provider's grants alone. */
export async function authenticateProvider(presented: Presented): Promise<ProviderCaller> {
  const { business, mode, provider } = await keyOf(presented, providerKeyMode);
  if (provider === undefined) throw unauthorized();
  return { scope: { business, mode }, provider };
}

async function keyOf(
  { authorization, secrets, businesses }: Presented,
  modeOf: (key: string) => Scope['mode'] | undefined,
): Promise<ApiKey> {
  const key = bearerToken(authorization);
  const mode = key === undefined ? undefined : modeOf(key);
  if (key === undefined || mode === undefined) throw unauthorized();
  const known = await businesses.findKey(secrets.hash(key));
  if (!known || known.revokedAt !== null || known.mode !== mode) throw unauthorized();
  return known;
}

const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer ([^\s]{1,200})$/i.exec(authorization ?? '')?.[1];

const unauthorized = (): DomainError =>
  new DomainError(
    'UNAUTHORIZED',
    'Send a secret key that was issued here for this address and not revoked: Authorization: Bearer payonce_test_… or payonce_live_…; providers send payonce_provider_…',
  );
