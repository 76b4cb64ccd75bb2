import type { PluginStore } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What is kept for a grant: its code, null when access ended before one was made, and whether it still opens something. */
const record = z.strictObject({ code: z.string().nullable(), open: z.boolean() });

/** What is kept for a code, to find its grant. */
const owner = z.strictObject({ grant: z.string() });

export type CodeRecord = z.output<typeof record>;

const grantKey = (grant: string): string => `grant/${grant}`;
const codeKey = (code: string): string => `code/${code}`;

/**
 * The record of a grant, made when there is none. Of callers that come at once the one whose `insert` wins decides for all; a code that lost, or that a crash left
 * behind, opens nothing because no record names it.
 */
export async function recordOf({
  store,
  grant,
  newCode,
}: {
  readonly store: PluginStore;
  readonly grant: string;
  readonly newCode: () => string;
}): Promise<CodeRecord> {
  const kept = await store.get(grantKey(grant));
  if (kept) return record.parse(kept.value);
  const code = newCode();
  await store.insert(codeKey(code), { grant });
  await store.insert(grantKey(grant), { code, open: true });
  return record.parse((await store.get(grantKey(grant)))?.value);
}

/** Ends access, also for a grant that never got a code: a delivery that comes late finds it closed. */
export async function close({ store, grant }: { readonly store: PluginStore; readonly grant: string }): Promise<void> {
  for (;;) {
    const kept = await store.get(grantKey(grant));
    if (kept === undefined) {
      if (await store.insert(grantKey(grant), { code: null, open: false })) return;
      continue;
    }
    const { code, open } = record.parse(kept.value);
    if (!open || (await store.replace({ ...kept, value: { code, open: false } }))) return;
  }
}

/** The grant that a code opens; undefined for a code that is unknown or ended. */
export async function grantOpenedBy({
  store,
  code,
}: {
  readonly store: PluginStore;
  readonly code: string;
}): Promise<string | undefined> {
  const found = await store.get(codeKey(code));
  if (found === undefined) return undefined;
  const { grant } = owner.parse(found.value);
  const kept = record.safeParse((await store.get(grantKey(grant)))?.value);
  return kept.success && kept.data.open && kept.data.code === code ? grant : undefined;
}
