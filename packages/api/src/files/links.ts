import type { GrantId, ProductId } from '@payonce/engine/domain';
import type { Clock, Secrets } from '@payonce/engine/ports';

/** For how long a link to a file works. */
export const LINK_SECONDS = 15 * 60;

/** What links are made of. */
export interface LinkDeps {
  readonly secrets: Pick<Secrets, 'sign' | 'verify'>;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** Whose file: a grant's, for its buyer, or a product's, for its merchant. */
export interface LinkedFile {
  readonly owner: GrantId | ProductId;
  /** The id of the file. */
  readonly file: string;
}

/** An address that hands out one file for a quarter of an hour. It is bound to the grant or product, so a revoked one ends it at once. */
export function fileLink({ secrets, clock, publicUrl }: LinkDeps, { owner, file }: LinkedFile): string {
  const expires = Math.floor(clock.now().getTime() / 1000) + LINK_SECONDS;
  const signature = secrets.sign(partsOf({ owner, file, expires }));
  return `${publicUrl}/files/${owner}/${file}?exp=${expires}&sig=${signature}`;
}

/** Whether a link is one of ours, unchanged and not expired. */
export function isValidLink(
  { secrets, clock }: Omit<LinkDeps, 'publicUrl'>,
  {
    owner,
    file,
    expires,
    signature,
  }: { readonly owner: string; readonly file: string; readonly expires: unknown; readonly signature: unknown },
): boolean {
  if (typeof expires !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1000 <= clock.now().getTime()) return false;
  return secrets.verify({ parts: partsOf({ owner, file, expires: Number(expires) }), signature });
}

const partsOf = ({
  owner,
  file,
  expires,
}: {
  readonly owner: string;
  readonly file: string;
  readonly expires: number;
}): readonly string[] => ['file', owner, file, String(expires)];
