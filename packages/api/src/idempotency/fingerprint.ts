import { createHash } from 'node:crypto';

/** SHA-256 over JSON with sorted names: two spellings of one request have one fingerprint. */
export const fingerprint = (json: unknown): string => createHash('sha256').update(canonical(json)).digest('hex');

function canonical(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(canonical).join(',')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json) ?? 'null';
  const fields = Object.entries(json).filter(([, value]) => value !== undefined);
  const sorted = fields.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([name, value]) => `${JSON.stringify(name)}:${canonical(value)}`).join(',')}}`;
}
