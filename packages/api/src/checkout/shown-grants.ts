import type { EntitlementGrant } from '@payonce/engine/domain';
import type { DeliveredFiles } from '@payonce/plugin-sdk';
import type { CheckoutDeps } from './deps.js';
import type { ShownGrant } from './views/goods.js';

/** A grant as the order page shows it. What ended shows nothing of what it gave. */
export function shownGrant({
  grant,
  fileLink,
}: {
  readonly grant: EntitlementGrant;
  readonly fileLink: CheckoutDeps['fileLink'];
}): ShownGrant {
  const content = grant.status === 'delivered' ? grant.delivered?.content : undefined;
  const files = content?.kind === 'files' ? content : undefined;
  return {
    id: grant.id,
    productName: grant.productName,
    status: grant.status,
    awaiting: grant.awaiting,
    license: content?.kind === 'license_key' ? content : null,
    files: (files?.files ?? []).map(({ file, filename }) => ({
      filename,
      href: fileLink({ grant: grant.id, file, filename }),
    })),
    fileLimits: files ? limitsOf(files) : null,
    externalUrl: files?.externalUrl ?? null,
    instructions: files?.instructions ?? null,
    items: content?.kind === 'content' ? content.items : [],
  };
}

/** How often and how long files may be fetched, in words; null when there is no limit. */
function limitsOf({ files, maxDownloads, accessUntil }: DeliveredFiles): string | null {
  if (files.length === 0 || (maxDownloads === undefined && accessUntil === undefined)) return null;
  const often = maxDownloads === undefined ? '' : ` ${maxDownloads === 1 ? 'once' : `${maxDownloads} times`}`;
  const until = accessUntil === undefined ? '' : ` until ${accessUntil.slice(0, 10)}`;
  return `Each file can be downloaded${often}${until}.`;
}
