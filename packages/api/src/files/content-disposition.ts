/** `attachment` with a file name as RFC 6266 wants it: a plain ASCII spelling for old clients, the real one percent-encoded. Directions and control characters go. */
export function attachment(filename: string): string {
  const clean = filename.normalize('NFC').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '_');
  const ascii = clean.replaceAll(/[^\x20-\x7e]|["%]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded(clean)}`;
}

/** RFC 8187: encodeURIComponent leaves four characters that the header must not have. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
