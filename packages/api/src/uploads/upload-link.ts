import type { Secrets } from '@payonce/engine/ports';

const TOKEN = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** The address that takes the bytes of one upload. The slot itself says until when. */
export const uploadUrl = (
  { secrets, publicUrl }: { readonly secrets: Pick<Secrets, 'sign'>; readonly publicUrl: string },
  upload: string,
): string => `${publicUrl}/uploads/${upload}.${secrets.sign(['upload', upload])}`;

/** The upload that a token opens; undefined for a token that we did not make. */
export function openedUpload(secrets: Pick<Secrets, 'verify'>, token: string): string | undefined {
  const [, upload, signature] = TOKEN.exec(token) ?? [];
  if (upload === undefined || signature === undefined) return undefined;
  return secrets.verify({ parts: ['upload', upload], signature }) ? upload : undefined;
}
