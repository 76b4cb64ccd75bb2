import { toGrant } from '@payonce/engine/domain';
import type { EntitlementGrant, WireFile, WireGrant } from '@payonce/engine/domain';
import type { Upload } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import { LINK_SECONDS, fileLink } from '../files/links.js';

/** A grant with its key and fresh links to its files. */
export async function showGrant(deps: ApiDeps, grant: EntitlementGrant): Promise<WireGrant> {
  const { business, mode, licenseKey } = grant;
  const key = licenseKey === null ? undefined : await deps.stores.licenses.find({ business, mode, id: licenseKey });
  return toGrant({ grant, key: key ?? null, files: await filesOf(deps, grant), now: deps.clock.now() });
}

async function filesOf(deps: ApiDeps, grant: EntitlementGrant): Promise<readonly WireFile[]> {
  const content = grant.delivered?.content;
  if (grant.status !== 'delivered' || content?.kind !== 'files' || content.files.length === 0) return [];
  const { business, mode, product } = grant;
  const uploads = await deps.stores.products.findUploads({
    business,
    mode,
    product,
    ids: content.files.map(({ file }) => file),
  });
  return content.files.map(({ file, filename }) => ({
    file_id: file,
    filename,
    download_url: fileLink(
      { secrets: deps.secrets, clock: deps.clock, publicUrl: deps.settings.publicUrl },
      { owner: grant.id, file },
    ),
    expires_in: LINK_SECONDS,
    ...storedDetails(uploads.find(({ id }) => id === file)),
  }));
}

const storedDetails = (upload: Upload | undefined): Pick<WireFile, 'content_type' | 'file_size'> => ({
  content_type: upload?.stored?.contentType ?? null,
  file_size: upload?.stored?.size ?? null,
});
