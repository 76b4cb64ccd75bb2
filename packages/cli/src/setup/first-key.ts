import type { Business } from '@payonce/engine/ports';
import type { Records } from '../connections/records.js';
import { readIfThere, writeSecretFile } from '../secret-file.js';
import { issueKey } from './keys.js';

/** What is wanted: nothing; a key unless there is one; or a file with a key that works. */
export type KeyWish = { readonly kind: 'none' | 'first' } | { readonly kind: 'file'; readonly path: string };

/** A key in test mode for whoever sets up. undefined when none was wanted, or one is there that cannot be shown again. */
export async function ensureKey(
  records: Pick<Records, 'stores' | 'secrets'>,
  { business, wish }: { readonly business: Business; readonly wish: KeyWish },
): Promise<{ readonly key: string; readonly made: boolean } | undefined> {
  const scope = { business: business.id, mode: 'test' } as const;
  switch (wish.kind) {
    case 'none':
      return undefined;
    case 'first': {
      const keys = await records.stores.businesses.listKeys(scope);
      if (keys.some(({ revokedAt }) => revokedAt === null)) return undefined;
      return { key: await issueKey(records, { ...scope, name: 'first key' }), made: true };
    }
    case 'file': {
      const kept = await keptKey(records, wish.path);
      if (kept !== undefined) return { key: kept, made: false };
      const key = await issueKey(records, { ...scope, name: 'setup' });
      await writeSecretFile({ path: wish.path, text: `${key}\n` });
      return { key, made: true };
    }
  }
}

/** The key in the file, if it still opens something. */
async function keptKey(
  { stores, secrets }: Pick<Records, 'stores' | 'secrets'>,
  path: string,
): Promise<string | undefined> {
  const key = (await readIfThere(path))?.trim();
  if (!key) return undefined;
  return (await stores.businesses.findKey(secrets.hash(key))) ? key : undefined;
}
