import type { Page } from '@payonce/engine/ports';

const BATCH = 100;

/** One page of what passes a test that the store cannot make, read batch by batch. For lists that stay short: those of one customer or one key. */
export async function scanPage<Item>({
  page,
  list,
  keep,
}: {
  readonly page: Page;
  readonly list: (page: Page) => Promise<readonly Item[]>;
  readonly keep: (item: Item) => boolean;
}): Promise<readonly Item[]> {
  const start = page.number * page.size;
  const kept: Item[] = [];
  for (let number = 0; kept.length < start + page.size; number += 1) {
    const batch = await list({ number, size: BATCH });
    kept.push(...batch.filter(keep));
    if (batch.length < BATCH) break;
  }
  return kept.slice(start, start + page.size);
}
