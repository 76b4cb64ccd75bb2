import { apiKeyMode } from '@payonce/engine/adapters';
import { DomainError } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import type { BusinessStore, Secrets } from '@payonce/engine/ports';

/** Who calls: whose data they may see, and a name for their key that is not the key. */
export interface Caller {
  readonly scope: Scope;
  readonly keyHash: string;
}

/** Finds out who calls by the Authorization header. A text that is no key of ours is refused without a look-up. */
export async function authenticate({
  authorization,
  secrets,
  businesses,
}: {
  readonly authorization: string | undefined;
  readonly secrets: Secrets;
  readonly businesses: Pick<BusinessStore, 'findKey'>;
}): Promise<Caller> {
  const key = bearerToken(authorization);
  const mode = key === undefined ? undefined : apiKeyMode(key);
  if (key === undefined || mode === undefined) throw unauthorized();
  const keyHash = secrets.hash(key);
  const known = await businesses.findKey(keyHash);
  if (!known || known.revokedAt !== null || known.mode !== mode) throw unauthorized();
  return { scope: { business: known.business, mode: known.mode }, keyHash };
}

const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer ([^\s]{1,200})$/i.exec(authorization ?? '')?.[1];

const unauthorized = (): DomainError =>
  new DomainError(
    'UNAUTHORIZED',
    'Send a secret key that was issued here and not revoked: Authorization: Bearer payonce_test_… or payonce_live_…',
  );
