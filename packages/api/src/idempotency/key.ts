import { DomainError } from '@payonce/engine/domain';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The claim name of an Idempotency-Key; undefined without one. Callers' keys are set apart from the ones that we make. */
export function claimedKey(key: unknown): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new DomainError(
      'INVALID_REQUEST_PARAMETERS',
      'Idempotency-Key: must be 1 to 255 printable ASCII characters without spaces.',
    );
  }
  return `key:${key}`;
}

/** Names the claim of a request without a key, so that its answer can be found again if it never arrived. */
export const ownKey = (random: string): string => `auto:${random}`;
